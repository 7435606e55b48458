"""Who does not read is cut before memory grows; the others notice nothing."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from websockets.frames import Opcode

from server.domain.room_rights import RoomRights
from server.sync.attestation import Member
from server.sync.room.connection import Connection
from server.sync.room.limits import Limits
from server.sync.room.outbox import Outbox
from server.sync.wire.close_codes import CloseCode
from tests.sync.raw_client import RawClient, frame
from tests.sync.served import Start

pytestmark = pytest.mark.both_ways


class StuckTransport:
    """Takes the first frame and never comes back."""

    async def send(self, frame: bytes) -> None:
        await asyncio.Event().wait()

    async def close(self, code: int, reason: str) -> None:
        raise AssertionError("nothing can be sent any more")


def test_what_waits_for_a_reader_never_exceeds_the_limit() -> None:
    async def scenario() -> None:
        outbox = Outbox(StuckTransport(), limit=10_000)
        connection = Connection(
            outbox,
            Member(1, "Anna"),
            lambda: 0.0,
            Limits(),
            phase="drafting",
            rights=RoomRights(edit=True),
            own_client=True,
        )
        pump = asyncio.create_task(outbox.pump())
        for _ in range(100):
            connection.send(bytes(1_000))
            await asyncio.sleep(0)
            assert outbox.waiting <= 10_000
        assert outbox.waiting == 0
        await asyncio.wait([pump])
        assert pump.cancelled()

    asyncio.run(scenario())


def test_a_client_that_stops_reading_is_cut_and_the_others_go_on(start: Start) -> None:
    server = start(limits=Limits(outgoing=1 << 20, byte_rate=1e9, byte_burst=1e9))

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            async with server.client("clara") as clara:
                await clara.until_synced()
                clara.socket.transport.pause_reading()
                await ben.until(lambda: len(ben.people) == 3)
                while len(ben.people) != 2:  # more than the kernel's buffers hold
                    length = len(anna.text) + 250_000
                    anna.type(("x" * 99 + "\n") * 2_500)
                    await ben.until(lambda length=length: len(ben.text) == length)
                    assert length < 100_000_000
                clara.socket.transport.abort()
            assert [p["name"] for p in ben.people] == ["Anna", "Ben"]

    asyncio.run(scenario())


@pytest.mark.always_fast
def test_who_has_pings_answered_and_reads_nothing_is_cut(start: Start) -> None:
    """uvicorn's own protocol answers pings without an end to what may wait."""
    server = start(limits=Limits(outgoing=1 << 20))
    pings = frame(bytes(125), Opcode.PING) * 500

    async def scenario() -> None:
        async with server.client("ben") as ben, RawClient(server.port, "anna") as anna:
            await ben.until(lambda: len(ben.people) == 2)
            anna.writer.transport.pause_reading()
            with suppress(ConnectionError):
                for _ in range(1_000):  # 63 MB of answers: more than the kernel's buffers hold
                    await anna.send(pings)
                pytest.fail("nobody was cut")
            await ben.until(lambda: len(ben.people) == 1)
            assert ben.close_code is None

    asyncio.run(scenario())


@pytest.mark.parametrize("flood", ["messages", "bytes"])
def test_who_sends_too_fast_is_closed(start: Start, flood: str) -> None:
    server = start(limits=Limits(message_rate=1, message_burst=50, byte_rate=1, byte_burst=100_000))

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            await ben.until_synced()
            for _ in range(100):
                if flood == "messages":
                    anna.send(b"\x03")
                else:
                    anna.type("x" * 3_999 + "\n")
            assert await anna.until_closed() == CloseCode.TOO_FAST
            assert ben.close_code is None

    asyncio.run(scenario())
