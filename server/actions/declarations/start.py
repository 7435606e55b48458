"""Starting a declaration with its people and its first text, in one transaction."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import Act
from server.actions.services import Services
from server.documents.printable import ensure_printable_text
from server.domain.audit import Tag
from server.domain.declarations import Declaration
from server.domain.errors import NotFound
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.text.content import Block
from server.storage.declarations import seeding, settings
from server.storage.declarations.declarations import load_declaration
from server.storage.people import persons
from server.storage.text import update_log
from server.sync.projection import seed_update


@dataclass(frozen=True, slots=True)
class Invitee:
    """`ags`: which municipality somebody drafts for, or binds with the printed `title`."""

    email: str
    name: str
    role: Role
    ags: str | None = None
    title: str = ""
    capacity: MandateKind = MandateKind.MAYOR


@dataclass(frozen=True, slots=True)
class Start:
    slug: str
    title: str
    issuer: str
    deadline: datetime | None
    embargo: datetime | None
    blocks: Sequence[Block]
    invitees: Sequence[Invitee] = ()


async def start_declaration(services: Services, *, start: Start) -> bool:
    """By the operator, with its people: the demo. False when there is one with that slug already: nothing is
    seeded twice.

    Raises UnprintableText, before anything is stored, for a title, an issuer, a person's name or official
    title that the document could not show.
    """
    await asyncio.to_thread(_ensure_printable, start)
    async with services.service_act(start.slug) as act:
        if await _exists(act.db, start.slug):
            act.record_nothing()
            return False
        await seeding.add_municipalities(act.db)
        declaration = await begin_declaration(act, start)
        for invitee in start.invitees:
            await _invite(act, declaration.id, invitee)
        binding = {i.ags for i in start.invitees if i.role.facts.binds_municipality and i.ags}
        await settings.set_asked(act.db, declaration.id, binding)
        act.record(Tag.DECLARATION_CREATE)
    return True


async def begin_declaration(act: Act, start: Start) -> Declaration:
    """The declaration and its first text, within an act; its people come besides."""
    declaration = await seeding.add_declaration(
        act.db,
        slug=start.slug,
        title=start.title,
        issuer=start.issuer,
        deadline=start.deadline,
        embargo=start.embargo,
        now=act.now,
    )
    await update_log.append_service_update(act.db, declaration.text_id, seed_update(start.blocks))
    return declaration


def _ensure_printable(start: Start) -> None:
    for text in (start.title, start.issuer):
        ensure_printable_text(text, start.slug)
    for invitee in start.invitees:
        for text in (invitee.name, invitee.title):
            ensure_printable_text(text, invitee.email)


async def _exists(db: AsyncSession, slug: str) -> bool:
    try:
        await load_declaration(db, slug)
    except NotFound:
        return False
    return True


async def _invite(act: Act, declaration_id: int, invitee: Invitee) -> None:
    person_id = await _ensure_person(act, invitee)
    if invitee.role.facts.binds_municipality and invitee.ags:
        await seeding.add_mandate(
            act.db,
            declaration_id=declaration_id,
            person_id=person_id,
            ags=invitee.ags,
            kind=invitee.capacity,
            title=invitee.title,
            since=act.now,
        )
    drafts_for = invitee.ags if invitee.role.facts.drafts_for_municipality else None
    await seeding.add_participant(
        act.db, declaration_id=declaration_id, person_id=person_id, role=invitee.role, ags=drafts_for
    )
    act.record_part(Tag.PERSON_INVITE, {"role": invitee.role.value, "ags": invitee.ags or ""})


async def _ensure_person(act: Act, invitee: Invitee) -> int:
    """The id of the person with this address, who may be known already."""
    person = await persons.find_by_email(act.db, invitee.email)
    if person is not None:
        return person.id
    handle = secrets.token_bytes(32)
    return await seeding.add_person(
        act.db, email=invitee.email, name=invitee.name, handle=handle, now=act.now
    )
