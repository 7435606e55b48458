"""Small messages go past ASGI where uvicorn runs our protocol class; nobody may notice a difference."""

from __future__ import annotations

import asyncio

import pytest
from pycrdt import Doc, Text
from websockets.frames import Opcode

from server.sync.room.limits import Limits
from server.sync.room.room import LARGE_FRAME, Room
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from server.web.live.frames import encode_frame, read_head
from tests.sync.raw_client import RawClient, frame
from tests.sync.served import Server, Start

pytestmark = pytest.mark.both_ways

BINARY, CLOSE, PONG = 0x82, 0x88, 0x8A


def typed(*words: str) -> list[bytes]:
    """The messages of somebody who types one word after the other."""
    doc: Doc[Text] = Doc()
    frames: list[bytes] = []
    subscription = doc.observe(lambda event: frames.append(messages.update_frame(event.update)))
    text = doc.get("text", type=Text)
    for word in words:
        text.insert(len(text), word, {})
    doc.unobserve(subscription)
    return frames


@pytest.mark.always_fast
def test_small_messages_take_the_short_cut(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new uvicorn may take it away; then everything would still work, at three times the cost."""

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_saved()
            await ben.until_saved()
            monkeypatch.delattr(Room, "receive_large")
            anna.type("kurz")
            await ben.until_content("kurz")

    asyncio.run(scenario())


def test_large_and_small_messages_keep_their_order(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_synced()
            for _ in range(5):
                anna.type(("x" * 99 + "\n") * (LARGE_FRAME // 99))
                anna.type("klein")
            await ben.until(lambda: ben.content == anna.content)
            await anna.until_saved()
            assert anna.close_code is None

    asyncio.run(scenario())


def test_both_close_with_the_reason(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await anna.until_synced()
            await ben.until_synced()
            anna.send(b"\x07")
            assert await anna.until_closed() == CloseCode.MALFORMED
            server.call(server.lab.rooms.access_changed, 1)
            assert await ben.until_closed() == CloseCode.ACCESS_CHANGED

    asyncio.run(scenario())


def test_both_cut_a_slow_reader(start: Start) -> None:
    server = start(limits=Limits(outgoing=1 << 20, byte_rate=1e9, byte_burst=1e9))

    async def scenario() -> None:
        async with (
            server.client("anna") as anna,
            server.client("ben") as ben,
            server.client("clara") as clara,
        ):
            await ben.until(lambda: len(ben.people) == 3)
            clara.socket.transport.pause_reading()
            while len(ben.people) != 2:  # more than the kernel's buffers hold
                length = len(anna.text) + 250_000
                anna.type(("x" * 99 + "\n") * 2_500)
                await ben.until(lambda length=length: len(ben.text) == length)
                assert length < 100_000_000
            clara.socket.transport.abort()

    asyncio.run(scenario())


@pytest.mark.parametrize("step", [13, 1_000, 100_000])
def test_frames_may_arrive_in_any_pieces(server: Server, step: int) -> None:
    async def scenario() -> None:
        words = ["eins ", "zwei ", "d" * 300, " vier ", "f" * 20_000, " sechs"]
        async with server.client("ben") as ben, RawClient(server.port, "anna") as anna:
            await ben.until_synced()
            await anna.send(b"".join(frame(message) for message in typed(*words)), step)
            await ben.until_content("".join(words))

    asyncio.run(scenario())


def test_a_message_in_several_frames_with_a_ping_between(server: Server) -> None:
    async def scenario() -> None:
        first, second = typed("in Teilen, ", "am Stück")
        pieces = (
            frame(first[:9], fin=False),
            frame(b"da?", Opcode.PING),
            frame(first[9:], Opcode.CONT),
            frame(second),
        )
        async with server.client("ben") as ben, RawClient(server.port, "anna") as anna:
            await ben.until_synced()
            await anna.send(b"".join(pieces), 5)
            await ben.until_content("in Teilen, am Stück")
            assert await anna.until_frame(PONG) == b"da?"

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(frame(b"\x03", mask=False), id="no mask"),
        pytest.param(b"\xc2" + frame(b"\x03")[1:], id="reserved bit"),
        pytest.param(frame(b"\x03", fin=False) + frame(b"\x03"), id="message inside a message"),
        pytest.param(frame(b"\x03", Opcode.CONT), id="continues nothing"),
    ],
)
def test_broken_frames_are_a_protocol_error(server: Server, wrong: bytes) -> None:
    async def scenario() -> None:
        async with RawClient(server.port, "anna") as anna:
            await anna.until_frame(BINARY)
            await anna.send(wrong)
            assert int.from_bytes((await anna.until_frame(CLOSE))[:2], "big") == 1002

    asyncio.run(scenario())


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536])
def test_frames_are_those_of_the_library(size: int) -> None:
    message = bytes(size)
    assert encode_frame(message) == frame(message, mask=False)
    head = read_head(frame(message), 0)
    assert head is not None
    assert (head.end, head.end - head.payload, head.is_whole_binary) == (len(frame(message)), size, True)
