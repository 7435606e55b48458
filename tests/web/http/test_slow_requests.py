"""A request that does not come to its end gives its place to others."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Scope

from server.web.http import middleware
from tests.waiting import HANG
from tests.web.house import build_house
from tests.world import World


def status_of(app: ASGIApp, parts: Sequence[bytes], monkeypatch: pytest.MonkeyPatch) -> int:
    """Sends these parts of a body and then nothing more, and keeps the connection open."""
    monkeypatch.setattr(middleware, "BODY_TIMEOUT", 0.05)
    waiting = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else await asyncio.Future()

    async def send(message: Message) -> None:
        sent.append(message)

    form = (b"content-type", b"application/x-www-form-urlencoded")
    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/echo",
        "raw_path": b"/echo",
        "query_string": b"",
        "headers": [(b"host", b"kraftakt.example"), (b"cookie", b"__Host-kraftakt_visitor=anna"), form],
        "client": ("10.0.0.1", 1),
        "server": ("kraftakt.example", 443),
        "scheme": "https",
        "root_path": "",
        "http_version": "1.1",
    }
    asyncio.run(asyncio.wait_for(app(scope, receive, send), HANG))
    return int(sent[0]["status"])


@pytest.mark.parametrize("parts", [[], [b"word="], [b"w", b"o", b"r"]])
def test_a_body_that_stops_coming_is_refused(
    shared_world: World, tmp_path: Path, parts: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status_of(build_house(shared_world, tmp_path).app, parts, monkeypatch) == 408
