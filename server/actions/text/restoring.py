"""Bringing words back out of a kept or fixed state: one more change of the text, which loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.text.checkpoints import in_language, keep_now
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.history_rights import history_rights
from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.domain.text.checkpoints import CheckpointKind, live_blocks, settled
from server.domain.text.errors import PassageChanged
from server.domain.text.live_text import LiveBlock
from server.domain.text.versions import Fixed, Kept, VersionKey
from server.storage.text import checkpoints, revisions, update_log
from server.storage.text.translations import read_text_id
from server.sync.attestation import Member
from server.sync.bringing_back import passage_update, whole_update
from server.sync.gaps import LoadedLog, load_log
from server.sync.projection import project

FINGERPRINT: Final = 16
"""Hexadecimal digits that tell one wording of a passage from another."""


@dataclass(frozen=True, slots=True)
class Instead:
    """The present block that gives way (from 0 in the settled text), and the wording that was seen of it."""

    block: int
    fingerprint: str


async def bring_back(
    services: Services,
    *,
    actor: Person,
    slug: str,
    key: VersionKey,
    block: int | None = None,
    instead: Instead | None = None,
    language: str = "",
) -> None:
    """Puts a block of an earlier state (counted from 0 in its settled text), or all of it, back into the
    text: a change in the actor's name like any other. The text as it stands is kept first. `language`: of a
    translation, empty for the original.

    Raises NotFound, NotAllowed, WrongPhase, PassageChanged, TooLongForText, and what `Rooms.write` raises.
    """

    def may(access: Access) -> bool:
        return history_rights(access, language).bring_back

    async with services.act(actor=actor, slug=slug, may=may, lock=True) as act:
        declaration = act.access.declaration
        text_id = await act.db.run_sync(read_text_id, declaration, language)
        earlier = await _load(act.db, text_id, key)
        await keep_now(act.db, text_id, CheckpointKind.BEFORE_BRINGING_BACK, act.now)
        stored = await update_log.load_stored(act.db, text_id)
        loaded = await asyncio.to_thread(load_log, stored.updates)
        change = await asyncio.to_thread(_change, loaded, earlier, block, instead)
        if change is None:
            act.record_nothing()
        else:
            await services.rooms.ensure_fits(
                text_id, change, member_of(act.access), declaration_id=declaration.id
            )
            where: dict[str, object] = {} if block is None else {"block": block + 1}
            act.record(Tag.TEXT_BRING_BACK, _named(key) | where | in_language(language))
    if change is not None:
        member = member_of(act.access)
        await services.rooms.write(text_id, change, member, declaration_id=declaration.id)


def _named(key: VersionKey) -> dict[str, object]:
    return {"revision": key.number} if isinstance(key, Fixed) else {"checkpoint": getattr(key, "id", 0)}


async def _load(db: AsyncSession, text_id: int, key: VersionKey) -> tuple[LiveBlock, ...]:
    """Raises NotFound, also for what is no earlier state of its own."""
    if isinstance(key, Kept):
        return await checkpoints.load_blocks(db, text_id, key.id)
    if isinstance(key, Fixed):
        for revision in await revisions.list_revisions(db, text_id):
            if revision.number == key.number:
                return live_blocks(revision.text)
    raise NotFound(what="version")


def _change(
    loaded: LoadedLog, earlier: Sequence[LiveBlock], block: int | None, instead: Instead | None
) -> bytes | None:
    if block is None:
        return whole_update(loaded.doc, earlier)
    at = None if instead is None else _find(loaded, instead)
    change = passage_update(loaded.doc, earlier, block, at)
    if change is None:
        raise NotFound(what="block")
    return change


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:FINGERPRINT]


def _find(loaded: LoadedLog, instead: Instead) -> int:
    """Where the passage stands by now. Raises PassageChanged."""
    prints = [fingerprint(block.text) for block in settled(project(loaded.doc))]
    if 0 <= instead.block < len(prints) and prints[instead.block] == instead.fingerprint:
        return instead.block
    if prints.count(instead.fingerprint) == 1:
        return prints.index(instead.fingerprint)
    raise PassageChanged()


def member_of(access: Access) -> Member:
    """Whose the words are in the log."""
    town = access.municipality
    if town is None:
        return Member(access.person.id, access.person.name)
    return Member(access.person.id, access.person.name, town.ags, town.name)
