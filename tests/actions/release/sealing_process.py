"""Seals in a process of its own (`tests/zygote.py`) and stands still at a step: `main([DATA, STEP])`."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from threading import Event
from typing import Any
from unittest.mock import patch

from server.actions.release import sealing
from server.app import build_services
from server.settings import read_settings
from server.storage.people import persons
from tests.waiting import HANG
from tests.world import SLUG

STEPS = {
    "while it renders": "server.dossier.assembly.render_source",
    "while it seals": "server.signing.seal.seal.Sealer.seal",
    "before it stores": "server.actions.release.sealing.declarations.move_to",
    "before it commits": "server.actions.act.audit.append_event",
    "after it commits": "server.sync.rooms.Rooms.access_changed",
}


def stop(*_: Any, **__: Any) -> None:
    sys.stdout.write("here\n")
    sys.stdout.flush()
    Event().wait(HANG)


def main(arguments: Sequence[str]) -> int:
    asyncio.run(seal(*arguments))
    return 0


async def seal(data: str, step: str) -> None:
    services = build_services(read_settings({"KRAFTAKT_DATA": data}))
    async with services.database.read() as db:
        clara = await persons.find_by_email(db, "clara@example.org")
    assert clara is not None
    with patch(STEPS[step], stop):
        await sealing.seal_declaration(services, actor=clara, slug=SLUG, proven_at=services.now())
