"""The press room: what was handed out is on record, templates are changed, links are made and taken back."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_urlsafe
from typing import Final

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration
from server.domain.errors import InvalidInput, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import (
    can_download_final,
    can_plan_release,
    can_use_press_room,
    can_write_press_release,
)
from server.domain.release.press import (
    MAX_TEMPLATE,
    TemplateKind,
    TooManyPreviews,
    ensure_template,
    ensure_unmoved,
)
from server.storage.people import shared_limits
from server.storage.release import press
from server.storage.release.press import OpenedPreview

MAX_PREVIEWS: Final = 50
NOTED_FOR: Final = timedelta(hours=1)


async def note_download(
    services: Services, *, actor: Person, shown: Declaration, file: str, data: bytes, number: str
) -> None:
    """Before the bytes leave. `number`: of the copy with the person's watermark; empty once it is public.
    `shown`: the declaration that it was made of. Raises ReleaseMoved where its hour was changed since."""
    async with services.act(actor=actor, slug=shown.slug, may=can_use_press_room) as act:
        ensure_unmoved(shown, act.access.declaration)
        act.record(
            Tag.PRESS_DOWNLOAD,
            {"file": file, "sha256": digest(data), **({"copy": number} if number else {})},
        )


async def note_copy(
    services: Services, *, actor: Person, shown: Declaration, file: str, data: bytes, number: str
) -> None:
    """Likewise, for who takes part and asks for the document before its hour."""
    async with services.act(actor=actor, slug=shown.slug, may=can_download_final) as act:
        ensure_unmoved(shown, act.access.declaration)
        act.record(Tag.PRESS_DOWNLOAD, {"file": file, "sha256": digest(data), "copy": number})


async def note_preview(services: Services, *, opened: OpenedPreview, file: str, number: str) -> None:
    """Somebody with a link, whom we know by its number only: once an hour, however often they look, so that
    nobody fills the log who has no account."""
    async with services.service_act(opened.declaration.slug) as act:
        name = opened.noted_as(file, number)
        if await shared_limits.take(act.db, name, capacity=1, period=NOTED_FOR, now=act.now):
            act.record_nothing()
            return
        act.record(Tag.PRESS_DOWNLOAD, {"file": file, "preview": opened.id, "copy": number})


async def change_template(
    services: Services, *, actor: Person, slug: str, kind: TemplateKind, text: str
) -> None:
    """An empty text brings ours back. Raises BadTemplate, LongTemplate."""
    if len(text) > MAX_TEMPLATE:
        raise InvalidInput(field="text")
    ensure_template(kind, text)
    async with services.act(actor=actor, slug=slug, may=can_write_press_release, lock=True) as act:
        await press.set_template(act.db, act.access.declaration.id, kind, text, actor.id, act.now)
        act.record(Tag.PRESS_TEMPLATE, {"kind": kind.value, "text_sha256": digest(text.encode())})


async def open_preview(services: Services, *, actor: Person, slug: str, name: str) -> str:
    """Returns the token, which is kept nowhere else. `name`: for whom it is. Raises TooManyPreviews."""
    token = token_urlsafe(32)
    async with services.act(actor=actor, slug=slug, may=can_plan_release, lock=True) as act:
        declaration_id = act.access.declaration.id
        if await press.count_previews(act.db, declaration_id) >= MAX_PREVIEWS:
            raise TooManyPreviews(most=MAX_PREVIEWS)
        made = await press.append_preview(act.db, declaration_id, name, token, actor.id, act.now)
        act.record(Tag.PREVIEW_OPEN, {"preview": made})
    return token


async def close_preview(services: Services, *, actor: Person, slug: str, preview_id: int) -> None:
    """It works no more from this moment on. Raises NotFound."""
    async with services.act(actor=actor, slug=slug, may=can_write_press_release, lock=True) as act:
        if not await press.end_preview(act.db, act.access.declaration.id, preview_id, act.now):
            raise NotFound(what="preview")
        act.record(Tag.PREVIEW_CLOSE, {"preview": preview_id})
