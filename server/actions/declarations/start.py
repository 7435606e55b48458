"""Starting a declaration with its people and its first text, in one transaction."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.documents.printable import ensure_printable_text
from server.domain.audit import AuditEvent, Tag
from server.domain.errors import NotFound
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import Role
from server.domain.text.content import Block
from server.storage.declarations import seeding
from server.storage.declarations.declarations import load_declaration
from server.storage.people import persons
from server.storage.record import audit
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
    invitees: Sequence[Invitee]


async def start_declaration(services: Services, *, start: Start) -> bool:
    """False when there is one with that slug already: nothing is seeded twice.

    Raises UnprintableText, before anything is stored, for a title, an issuer, a person's name or official
    title that the document could not show.
    """
    await asyncio.to_thread(_ensure_printable, start)
    async with services.database.write() as db:
        if await _exists(db, start.slug):
            return False
        await seeding.add_municipalities(db)
        declaration = await seeding.add_declaration(
            db,
            slug=start.slug,
            title=start.title,
            issuer=start.issuer,
            deadline=start.deadline,
            embargo=start.embargo,
            now=services.now(),
        )
        for invitee in start.invitees:
            await _invite(services, db, declaration.id, start.slug, invitee)
        await update_log.append_service_update(db, declaration.text_id, seed_update(start.blocks))
        event = AuditEvent(services.now(), Tag.DECLARATION_CREATE, 0, start.slug, {})
        await audit.append_event(db, event)
    return True


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


async def _invite(
    services: Services, db: AsyncSession, declaration_id: int, slug: str, invitee: Invitee
) -> None:
    now, person = services.now(), await persons.find_by_email(db, invitee.email)
    person_id = (
        person.id
        if person
        else await seeding.add_person(
            db, email=invitee.email, name=invitee.name, handle=secrets.token_bytes(32), now=now
        )
    )
    if invitee.role.facts.binds_municipality and invitee.ags:
        await seeding.add_mandate(
            db,
            person_id=person_id,
            ags=invitee.ags,
            kind=invitee.capacity,
            title=invitee.title,
            since=now,
        )
    drafts_for = invitee.ags if invitee.role.facts.drafts_for_municipality else None
    await seeding.add_participant(
        db, declaration_id=declaration_id, person_id=person_id, role=invitee.role, ags=drafts_for
    )
    facts = {"role": invitee.role.value, "ags": invitee.ags or ""}
    await audit.append_event(db, AuditEvent(now, Tag.PERSON_INVITE, 0, slug, facts))
