"""A copy that says an hour which was moved while it was made does not leave."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from server.actions.declarations.settings import change_setting
from server.actions.release.press import close_preview
from server.domain.terms.settings import Embargo
from server.web.release import final_document, rehearsal
from server.web.release.press import previews, room
from tests.web.release.test_press_room import PRESS, embargoed, get
from tests.web.release.test_release_gate import HOUR
from tests.web.site import HOME, Site
from tests.world import SLUG

__all__ = ["embargoed"]
MAKERS = (room, rehearsal, final_document, previews)


def test_who_fetches_a_copy_while_the_hour_is_moved_is_asked_to_fetch_it_again(
    embargoed: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = embargoed.world
    clara = embargoed.visitor("clara")
    clara.open(PRESS)
    found = re.search(
        r'href="http[^"]+(/vorschau/[\w-]{43})"', clara.send(f"{PRESS}/previews", name="Tageblatt").source
    )
    assert found
    fetched = (
        ("emil", f"{PRESS}/kit.zip"),
        ("emil", f"{PRESS}/copy.pdf"),
        ("clara", f"{HOME}/release/rehearsal.pdf"),
        ("emil", f"{HOME}/final.pdf"),
        ("", f"{found[1]}/vorabexemplar.pdf"),
    )
    moved = HOUR

    async def made_meanwhile(work: Callable[..., bytes], *arguments: Any) -> bytes:
        nonlocal moved
        made = await asyncio.to_thread(work, *arguments)
        moved += timedelta(hours=1)
        await change_setting(world.services, actor=coordinator, slug=SLUG, setting=Embargo(moved))
        return made

    coordinator = world.person("clara")
    for module in MAKERS:
        monkeypatch.setattr(module, "asyncio", SimpleNamespace(to_thread=made_meanwhile))
    noted = world.tags.count("document:press:download")
    for name, path in fetched:
        answer = get(embargoed, name, path)
        assert answer.status_code == 409, path
        assert "laden Sie die Datei noch einmal herunter" in answer.text
    assert world.tags.count("document:press:download") == noted, "nothing has left"

    async def ended_meanwhile(work: Callable[..., bytes], *arguments: Any) -> bytes:
        made = await asyncio.to_thread(work, *arguments)
        await close_preview(world.services, actor=coordinator, slug=SLUG, preview_id=1)
        return made

    monkeypatch.setattr(previews, "asyncio", SimpleNamespace(to_thread=ended_meanwhile))
    assert get(embargoed, "", fetched[-1][1]).status_code == 404, "the link was taken back"
    monkeypatch.undo()
    assert get(embargoed, "emil", f"{PRESS}/copy.pdf").status_code == 200
