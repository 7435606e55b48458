"""Malformed, oversized, random and damaged frames close the socket they came over, and no other.

`KRAFTAKT_HOSTILE_FRAMES` (default 2,000) says how many.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from server.sync.room.limits import Limits
from server.sync.wire import messages
from server.sync.wire.close_codes import CloseCode
from tests.sync.damage import Damage
from tests.sync.live_client import Client
from tests.sync.served import Server, Start

HERE = Path(__file__).parent
FRAMES = int(os.environ.get("KRAFTAKT_HOSTILE_FRAMES", "2000"))
UNLIMITED = Limits(message_rate=1e6, message_burst=1e6, byte_rate=1e9, byte_burst=1e9)
NAMED = {CloseCode.MALFORMED, CloseCode.NOT_ALLOWED}


def test_hostile_frames_close_the_offender_only(start: Start) -> None:
    server = start(limits=UNLIMITED)

    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            anna.type("Bleibt stehen.")
            await ben.until_content("Bleibt stehen.")
            codes = await attack(server, Damage(1))
            assert set(codes) <= NAMED
            assert codes
            await asyncio.gather(anna.catch_up(), ben.catch_up())
            ben.type(" Immer.")
            await ben.until_saved()
            await anna.until(lambda: anna.content == ben.content)
            assert "Bleibt stehen." in anna.content
            assert (anna.close_code, ben.close_code) == (None, None)

    asyncio.run(scenario())


async def attack(server: Server, damage: Damage) -> list[int]:
    """Sends one frame after the other, coming back whenever it was closed; the codes of these closes."""
    codes: list[int] = []
    left = FRAMES
    while left:
        async with server.client("clara", answers=False) as clara:
            await clara.catch_up()
            while left and clara.close_code is None:
                left -= 1
                await offend(clara, damage.frame())
            if clara.close_code is not None:  # by the server, before she leaves
                codes.append(clara.close_code)
    return codes


async def offend(clara: Client, frame: bytes) -> None:
    """Returns when the server has dealt with the frame: by closing, or by answering the next message."""
    heard = len(clara.frames)
    clara.send(frame)
    clara.send(b"\x03")
    await clara.until(lambda: clara.close_code is not None or any(f[0] == 1 for f in clara.frames[heard:]))


@pytest.mark.parametrize("seed", range(4))
def test_what_passes_the_check_neither_breaks_nor_hangs_yrs(seed: int) -> None:
    """In a process of its own, with a limit of processor time: a panic can poison, a loop never ends."""
    done = subprocess.run(
        [sys.executable, str(HERE / "survivors.py"), str(seed), str(FRAMES)],
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
        capture_output=True,
        check=False,
    )
    last = done.stdout.splitlines()[-1]
    assert done.returncode == 0, last
    counts = json.loads(last)["counts"]
    assert counts["refused"] > 0
    assert counts["applied"] > 0


def code_after(server: Server, frame: bytes | str) -> int:
    async def scenario() -> int:
        async with server.client("anna") as anna:
            await anna.until_synced()
            with contextlib.suppress(ConnectionClosed):  # it may be closed in the middle of the frame
                await anna.socket.send(frame)
            return await anna.until_closed()

    return asyncio.run(scenario())


def test_a_text_frame_is_malformed(server: Server) -> None:
    assert code_after(server, "hallo") == CloseCode.MALFORMED


def test_an_empty_frame_is_malformed(server: Server) -> None:
    assert code_after(server, b"") == CloseCode.MALFORMED


def test_an_unknown_message_is_malformed(server: Server) -> None:
    assert code_after(server, b"\x07") == CloseCode.MALFORMED


def test_a_frame_beyond_the_limit_is_too_large(server: Server) -> None:
    assert code_after(server, bytes(messages.MAX_FRAME + 1)) == CloseCode.TOO_LARGE


def test_a_frame_far_beyond_the_limit_does_not_even_reach_the_room(server: Server) -> None:
    assert code_after(server, bytes(5 << 20)) == 1009


def test_a_frame_at_the_limit_is_taken(server: Server) -> None:
    async def scenario() -> None:
        async with server.client("anna") as anna, server.client("ben") as ben:
            words = ("x" * 99 + "\n") * ((messages.MAX_FRAME - 100) // 100)
            anna.type(words)
            await anna.until_saved()
            await ben.until(lambda: len(ben.text) == len(words))

    asyncio.run(scenario())
