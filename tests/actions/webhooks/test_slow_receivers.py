"""A receiver that never answers holds up nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from server.actions.webhooks import delivery, subscribing
from server.actions.webhooks.client import WebhookClient
from tests.actions.webhooks.test_webhooks import add, deliver
from tests.waiting import HANG
from tests.world import SLUG, World

MESSAGES = 8
"""More than are sent at the same time."""


async def nothing() -> AsyncIterator[bytes]:
    yield b""


def test_while_one_never_answers_all_others_are_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    fails, hung, told = True, asyncio.Event(), asyncio.Event()
    waiting = most = 0

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal waiting, most
        if request.url.path == "/quick":
            if hung.is_set():
                told.set()
            return httpx.Response(204, content=nothing())
        if not fails:
            waiting += 1
            most = max(most, waiting)
            hung.set()
            await asyncio.Event().wait()
        return httpx.Response(503, content=nothing())

    client = WebhookClient(allow_private=True, transport=httpx.MockTransport(answer))
    world.services = replace(world.services, webhook_client=client)
    for path in ("slow", "quick"):
        add(world, f"http://127.0.0.1/{path}")
    clara = world.person("clara")
    world.freeze()
    deliver(world)
    fails = False
    for _ in range(MESSAGES):
        world.run(subscribing.send_test(world.services, actor=clara, slug=SLUG, webhook_id=1))
    monkeypatch.setattr(delivery, "INTERVAL", 0.01)

    async def scenario() -> None:
        sending = asyncio.create_task(delivery.deliver_webhooks_forever(world.services))
        async with asyncio.timeout(HANG):
            await hung.wait()
            await subscribing.send_test(world.services, actor=clara, slug=SLUG, webhook_id=2)
            await told.wait()
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)

    world.run(scenario())
    assert most == 1, "to who fails one goes at a time"
