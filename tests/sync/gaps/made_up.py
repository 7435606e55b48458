"""Structs that no editor makes: any origins, contents and deletions."""

from __future__ import annotations

import random
from collections.abc import Sequence

from server.sync.wire.messages import encode_chunk, encode_uint

START, SIZE = "Hallo 👍 Welt", 13
SERVICE = 100
WORDS = ("a", "bc", "def", "\n", "x\ny", "ü", "👍", "a👍b")
FORMATS = (
    ("strong", "true"),
    ("strong", "null"),
    ("b", '"heading:1"'),
    ("b", "null"),
    ("comment:1", "true"),
    ("comment:1", "null"),
    ("__proto__", "null"),
    ("constructor", "null"),
)
_GC, _DELETED, _STRING, _FORMAT = 0, 1, 4, 6
_KINDS = (_STRING,) * 8 + (_FORMAT,) * 4 + (_DELETED,) * 2 + (_GC,)
Id = tuple[int, int]


def beginning() -> bytes:
    """What the service wrote: client `SERVICE`, `SIZE` clocks, and the line feed."""
    letters = b"\x04\x01" + encode_chunk(b"text") + encode_chunk(START.encode())
    kind = _head(_FORMAT, (SERVICE, SIZE - 1), None) + _format("b", '"paragraph:0"')
    feed = _head(_STRING, (SERVICE, SIZE), None) + encode_chunk(b"\n")
    return update([(SERVICE, 0, [letters, kind, feed])], [])


def update(clients: Sequence[tuple[int, int, list[bytes]]], deleted: Sequence[tuple[int, int, int]]) -> bytes:
    """Client, first clock and structs of each; client, first clock and length of what is deleted."""
    parts = [
        encode_uint(len(structs)) + encode_uint(client) + encode_uint(clock) + b"".join(structs)
        for client, clock, structs in clients
    ]
    gone = [encode_uint(client) + b"\x01" + encode_uint(at) + encode_uint(n) for client, at, n in deleted]
    return b"".join((encode_uint(len(parts)), *parts, encode_uint(len(gone)), *gone))


def gc(length: int) -> bytes:
    return b"\x00" + encode_uint(length)


def letters(text: str, left: Id | None, right: Id | None) -> bytes:
    return _head(_STRING, left, right) + encode_chunk(text.encode())


def form(left: Id | None, right: Id | None) -> bytes:
    return _head(_FORMAT, left, right) + _format("strong", "true")


def _head(kind: int, left: Id | None, right: Id | None) -> bytes:
    ids = b"".join(encode_uint(part) for one in (left, right) if one for part in one)
    root = b"" if left or right else b"\x01" + encode_chunk(b"text")
    return bytes((kind | bool(left) << 7 | bool(right) << 6,)) + ids + root


def _format(key: str, value: str) -> bytes:
    return encode_chunk(key.encode()) + encode_chunk(value.encode())


class MadeUp:
    """What `who` sends, one update after the other, each building on anything that was sent before."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._clocks = {SERVICE: SIZE + 2}

    def update(self, clients: Sequence[int]) -> bytes:
        rng = self._rng
        made = [self._structs(client) for client in rng.sample(clients, rng.randint(1, len(clients)))]
        return update(made, self._deletions())

    def _structs(self, client: int) -> tuple[int, int, list[bytes]]:
        start = self._clocks.get(client, 0)
        made = []
        for _ in range(self._rng.randint(1, 4)):
            struct, length = self._struct(client)
            self._clocks[client] = self._clocks.get(client, 0) + length
            made.append(struct)
        return client, start, made

    def _struct(self, client: int) -> tuple[bytes, int]:
        rng, kind = self._rng, self._rng.choice(_KINDS)
        left, right = rng.choice(((True, True), (True, False), (False, True), (False, False)))
        head = _head(kind, self._id(client) if left else None, self._id(client) if right else None)
        if kind == _GC:
            return gc(2), 2
        if kind == _DELETED:
            return head + encode_uint(3), 3
        if kind == _FORMAT:
            return head + _format(*rng.choice(FORMATS)), 1
        word = rng.choice(WORDS)
        return head + encode_chunk(word.encode()), len(word.encode("utf-16-le")) // 2

    def _id(self, client: int) -> Id:
        """One's own last, or any."""
        own = self._clocks.get(client, 0)
        if own and self._rng.random() < 0.4:
            return client, self._rng.randrange(max(0, own - 3), own)
        other = self._rng.choice(list(self._clocks))
        return other, self._rng.randrange(self._clocks[other])

    def _deletions(self) -> list[tuple[int, int, int]]:
        client = self._rng.choice(list(self._clocks))
        at = self._rng.randrange(self._clocks[client])
        length = self._rng.randint(1, min(4, self._clocks[client] - at))
        return [(client, at, length)] if self._rng.random() < 0.4 else []
