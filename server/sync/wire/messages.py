"""What goes over the socket: lib0 variable-length integers and y-protocols messages, one a frame.

Source: `lib0/encoding.js`, `y-protocols/PROTOCOL.md`. Every length is checked against the bytes at
hand before anything is read or allocated. Frames are bytes, ready to be sent to any number of people.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum, auto
from typing import Final, NoReturn

from server.sync.wire.notices import RoomNotice

MAX_FRAME: Final = 1 << 20
"""Bytes; a longer frame closes the socket."""
MAX_UINT: Final = (1 << 53) - 1
"""The largest integer JavaScript can count with."""
SUBPROTOCOL: Final = "kraftakt.v1"


class Malformed(ValueError):
    """These bytes are not what the format says."""


class Kind(Enum):
    """The messages that clients send."""

    STEP_1 = auto()
    STEP_2 = auto()
    UPDATE = auto()
    AWARENESS = auto()
    AUTH = auto()
    QUERY_AWARENESS = auto()


class Reader:
    """Reads lib0's encoding front to back. Reading past the end raises IndexError: `decode_…` catch it."""

    __slots__ = ("at", "data")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def byte(self) -> int:
        value = self.data[self.at]
        self.at += 1
        return value

    def uint(self, limit: int = MAX_UINT) -> int:
        """A varUint of at most `limit`."""
        value = self.data[self.at]
        self.at += 1
        if value > 127:
            value = self._long(value & 127)
        if value > limit:
            raise Malformed("number too large")
        return value

    def _long(self, value: int) -> int:
        for shift in range(7, 63, 7):
            part = self.data[self.at]
            self.at += 1
            value |= (part & 127) << shift
            if part < 128:
                return value
        raise Malformed("number too long")

    def chunk(self) -> bytes:
        """varBytes: a length and as many bytes."""
        end = self.uint() + self.at
        if end > len(self.data):
            raise Malformed("length beyond the end")
        value = self.data[self.at : end]
        self.at = end
        return value

    def text(self) -> str:
        try:
            return self.chunk().decode()
        except UnicodeDecodeError as error:
            raise Malformed("no UTF-8") from error

    def skip(self, count: int) -> None:
        self.at += count
        if self.at > len(self.data):
            raise Malformed("length beyond the end")

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def ensure_end(self) -> None:
        if self.at != len(self.data):
            raise Malformed("trailing bytes")


_SHORT: Final = tuple(bytes((value,)) for value in range(128))


def encode_uint(value: int) -> bytes:
    if value < 128:
        return _SHORT[value]
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def encode_chunk(data: bytes) -> bytes:
    return encode_uint(len(data)) + data


_SYNC: Final = {0: Kind.STEP_1, 1: Kind.STEP_2, 2: Kind.UPDATE}


def decode_message(frame: bytes) -> tuple[Kind, bytes]:
    """The message in one frame and its payload (empty for QUERY_AWARENESS). Raises Malformed."""
    if frame[:2] == b"\x00\x02" and 2 < len(frame) < 131 and frame[2] == len(frame) - 3:
        return Kind.UPDATE, frame[3:]  # fast path for keystrokes
    reader = Reader(frame)
    try:
        kind = _kind(reader)
        payload = b"" if kind in (Kind.QUERY_AWARENESS, Kind.AUTH) else reader.chunk()
    except IndexError as error:
        raise Malformed("frame too short") from error
    if kind is not Kind.AUTH:
        reader.ensure_end()
    return kind, payload


def _kind(reader: Reader) -> Kind:
    outer = reader.uint()
    if outer == 0:
        outer = reader.uint()
        if outer in _SYNC:
            return _SYNC[outer]
    elif outer <= 3:
        return (Kind.AWARENESS, Kind.AUTH, Kind.QUERY_AWARENESS)[outer - 1]
    raise Malformed("unknown message")


def decode_state_vector(data: bytes) -> dict[int, int]:
    """Client id → next clock. Raises Malformed."""
    reader = Reader(data)
    try:
        vector = {reader.uint(): reader.uint() for _ in range(reader.uint(len(data)))}
    except IndexError as error:
        raise Malformed("state vector too short") from error
    reader.ensure_end()
    return vector


def step_1(state_vector: bytes) -> bytes:
    return b"\x00\x00" + encode_chunk(state_vector)


def step_2(update: bytes) -> bytes:
    return b"\x00\x01" + encode_chunk(update)


def update_frame(update: bytes) -> bytes:
    return b"\x00\x02" + encode_chunk(update)


def awareness_frame(payload: bytes) -> bytes:
    return b"\x01" + encode_chunk(payload)


def saved_frame(count: int) -> bytes:
    """The first `count` sync messages of kinds STEP_2 and UPDATE of this connection are on disk."""
    return b"\x64" + encode_uint(count)


def people_frame(people: list[dict[str, object]]) -> bytes:
    return b"\x65" + _json_chunk({"people": people})


def state_frame(state: Mapping[str, object]) -> bytes:
    return b"\x66" + _json_chunk(state)


def notice_frame(notice: RoomNotice) -> bytes:
    facts: dict[str, object] = {"topic": notice.topic.value}
    return b"\x67" + _json_chunk(facts if notice.id is None else facts | {"id": notice.id})


def _json_chunk(value: Mapping[str, object]) -> bytes:
    return encode_chunk(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _refuse(name: str) -> NoReturn:
    raise Malformed(name)


_JSON: Final = json.JSONDecoder(parse_constant=_refuse)


def parse_json(text: str) -> object:
    """JSON as browsers parse it: without NaN and Infinity, which would stop everybody else's client."""
    try:
        return _JSON.decode(text)
    except (ValueError, RecursionError) as error:
        raise Malformed("no JSON") from error
