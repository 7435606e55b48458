"""More people who may sign, and a deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from server.actions.declarations.start import Invitee
from server.domain.people.roles import Role
from server.storage.declarations import seeding
from server.storage.tables.declarations import DeclarationRow
from tests.world import World


def with_people(world: World, *invitees: Invitee) -> None:
    for invitee in invitees:
        world.run(_add(world, invitee))


def set_deadline(world: World, deadline: datetime) -> None:
    async def change() -> None:
        async with world.services.database.write() as db:
            await db.execute(update(DeclarationRow).values(deadline=deadline))

    world.run(change())


async def _add(world: World, invitee: Invitee) -> None:
    async with world.services.database.write() as db:
        handle = invitee.email.encode().ljust(32, b"\0")[:32]
        person = await seeding.add_person(
            db, email=invitee.email, name=invitee.name, handle=handle, now=world.time
        )
        part: dict[str, Any] = {"declaration_id": 1, "person_id": person}
        if invitee.role is Role.SIGNATORY:
            facts: dict[str, Any] = {"ags": invitee.ags, "kind": invitee.capacity, "title": invitee.title}
            await seeding.add_mandate(db, since=world.time, **part, **facts)
        ags = None if invitee.role is Role.SIGNATORY else invitee.ags
        await seeding.add_participant(db, role=invitee.role, ags=ags, **part)
