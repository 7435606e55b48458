"""Who may create declarations."""

from __future__ import annotations

import asyncio
import secrets

from server.actions.services import Services
from server.documents.printable import ensure_printable_text
from server.domain.addresses import is_email
from server.domain.audit import Tag
from server.domain.errors import InvalidInput, NotAllowed, NotFound
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS
from server.domain.permissions import can_see_settings
from server.domain.person_rights import may_create_declarations
from server.storage.declarations import seeding
from server.storage.declarations.access import find_access
from server.storage.people import persons

LONGEST_NAME = 200


async def allow_creating(services: Services, *, email: str, name: str) -> None:
    """By the operator: for somebody known, or new. The municipalities that come with the service are there
    afterwards. Raises InvalidInput, UnprintableText."""
    email, name = email.strip(), " ".join(name.split())
    if not is_email(email):
        raise InvalidInput(field="email")
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidInput(field="name")
    await asyncio.to_thread(ensure_printable_text, name, email)
    async with services.account_act() as act:
        await seeding.add_municipalities(act.db)
        person = await persons.find_by_email(act.db, email)
        if person is None:
            handle = secrets.token_bytes(32)
            person_id = await seeding.add_person(
                act.db, email=email, name=name, handle=handle, now=act.now, may_create=True
            )
        else:
            person_id = person.id
            await persons.allow_creating(act.db, person_id)
        act.record(Tag.PERSON_ALLOW, {"person": person_id})


async def let_create(services: Services, *, actor: Person, slug: str, person_id: int) -> None:
    """By somebody who may create declarations, for another who coordinates one with them. Raises NotAllowed;
    NotFound for who does not."""
    async with services.act(actor=actor, slug=slug, may=can_see_settings, lock=True) as act:
        if not may_create_declarations(actor):
            raise NotAllowed()
        declaration = act.access.declaration
        person = await persons.load_person(act.db, person_id)
        other = await act.db.run_sync(find_access, person, declaration, act.now)
        if not other.has(COORDINATORS):
            raise NotFound(what="person")
        if person.may_create:
            act.record_nothing()
            return
        await persons.allow_creating(act.db, person_id)
        act.record(Tag.PERSON_ALLOW, {"person": person_id})
