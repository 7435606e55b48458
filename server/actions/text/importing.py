"""A file becomes part of the live text: brought, looked through, taken over."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Final

from server.actions.services import Services
from server.actions.text.checkpoints import keep_now
from server.actions.text.comments.bringing import bring_comments
from server.domain.audit import Tag
from server.domain.people.persons import Person
from server.domain.permissions import can_import_text
from server.domain.text.checkpoints import CheckpointKind
from server.domain.text.files.errors import MAX_BYTES, ChangedImport, LargeFile
from server.domain.text.files.manuscript import Manuscript, by_file
from server.domain.text.files.preparing import prepare
from server.domain.text.live_text import LiveBlock
from server.storage.text import imports, update_log
from server.storage.text.imports import TextImport
from server.sync.importing.proposing import Untracked, count_untracked, proposing_update
from server.sync.importing.replacing import replacing_update
from server.sync.projection import load_doc, project
from server.sync.wire.notices import Topic

MAX_FILE_NAME: Final = 100


class Way(StrEnum):
    """How a file is taken over."""

    PROPOSE = "propose"
    """What is different in it becomes proposals."""
    REPLACE = "replace"
    """It takes the place of the text."""


@dataclass(frozen=True, slots=True)
class Preview:
    """`is_empty`: the declaration has no text yet but its title. `untracked`: in how many places the file
    differs from the text without saying so."""

    brought: TextImport
    is_empty: bool
    untracked: int


async def bring_file(services: Services, *, actor: Person, slug: str, file: BinaryIO, name: str) -> None:
    """In place of what was brought before. Raises InvalidFile and its family, Busy, NotAllowed."""
    async with services.act(actor=actor, slug=slug, may=can_import_text) as act:
        act.record_nothing()
    digest = await asyncio.to_thread(_digest, file)
    manuscript = await services.checks.read_text(file)
    brought = TextImport(imports.new_stamp(), name.strip()[:MAX_FILE_NAME], digest, manuscript)
    async with services.act(actor=actor, slug=slug, may=can_import_text) as act:
        await imports.keep_import(act.db, act.access.declaration.id, actor.id, brought, act.now)
        act.record_nothing()


async def look_through(services: Services, *, actor: Person, slug: str) -> Preview | None:
    """None: nothing was brought."""
    async with services.act(actor=actor, slug=slug, may=can_import_text) as act:
        brought = await imports.find_import(act.db, act.access.declaration.id, actor.id)
        updates = await update_log.load_updates(act.db, act.access.declaration.text_id)
        act.record_nothing()
    if brought is None:
        return None
    return await asyncio.to_thread(_preview, brought, updates)


def _preview(brought: TextImport, updates: Sequence[bytes]) -> Preview:
    doc = load_doc(updates)
    untracked = count_untracked(doc, brought.manuscript.blocks)
    return Preview(brought, _is_empty(project(doc)), untracked)


async def drop_import(services: Services, *, actor: Person, slug: str) -> None:
    async with services.act(actor=actor, slug=slug, may=can_import_text) as act:
        await imports.delete_import(act.db, act.access.declaration.id, actor.id)
        act.record_nothing()


async def take_over(services: Services, *, actor: Person, slug: str, stamp: str, way: Way) -> bool:
    """Whether that changed anything. The text as it stands is kept first. The words are the service's in the
    log, the proposals those of whom the file names: nobody attests either.

    Raises ChangedImport, NotAllowed, WrongPhase, TooLongForText, and what `Rooms.write` raises.
    """
    async with services.act(actor=actor, slug=slug, may=can_import_text, lock=True) as act:
        declaration = act.access.declaration
        brought = await imports.find_import(act.db, declaration.id, actor.id)
        if brought is None or brought.stamp != stamp:
            raise ChangedImport()
        await keep_now(act.db, declaration.text_id, CheckpointKind.BEFORE_IMPORT, act.now)
        updates = await update_log.load_updates(act.db, declaration.text_id)
        stem, now = f"f{secrets.token_hex(6)}-", int(act.now.timestamp())
        manuscript, comments = await bring_comments(act, prepare(brought.manuscript, stem, now))
        untracked = Untracked(by_file(brought.file_name, now), f"{stem}u")
        change = await asyncio.to_thread(_change, updates, manuscript, way, untracked)
        if change is not None:
            await services.rooms.ensure_fits(declaration.text_id, change, declaration_id=declaration.id)
        await imports.delete_import(act.db, declaration.id, actor.id)
        if change is None and not comments:
            act.record_nothing()
        else:
            act.record(Tag.TEXT_IMPORT, {"way": way.value, "sha256": brought.digest})
    if change is not None:
        await services.rooms.write(declaration.text_id, change, declaration_id=declaration.id)
    if comments:
        services.rooms.notify(declaration.id, Topic.COMMENTS)
    return change is not None or bool(comments)


def _change(updates: Sequence[bytes], manuscript: Manuscript, way: Way, untracked: Untracked) -> bytes | None:
    doc = load_doc(updates)
    match way:
        case Way.REPLACE:
            return replacing_update(doc, _without_blanks(manuscript))
        case Way.PROPOSE:
            return proposing_update(doc, manuscript.blocks, untracked)


def _without_blanks(manuscript: Manuscript) -> list[LiveBlock]:
    """Empty paragraphs make the space between others in Word; here blocks have it by themselves."""
    return [block for block in manuscript.blocks if block.runs or block.suggested]


def _is_empty(blocks: tuple[LiveBlock, ...]) -> bool:
    return not any(run.text.strip() for block in blocks[1:] for run in block.runs)


def _digest(file: BinaryIO) -> str:
    """Leaves it at its beginning. Raises LargeFile."""
    file.seek(0)
    digest, size = hashlib.sha256(), 0
    while piece := file.read(1 << 20):
        digest.update(piece)
        size += len(piece)
        if size > MAX_BYTES:
            raise LargeFile()
    file.seek(0)
    return digest.hexdigest()
