"""More people who may sign, and a deadline."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import update

from server.actions.declarations.start import Invitee
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
        facts: dict[str, Any] = {"ags": invitee.ags, "kind": invitee.capacity, "title": invitee.title}
        facts["declaration_id"] = 1
        await seeding.add_mandate(db, person_id=person, since=world.time, **facts)
        await seeding.add_participant(db, declaration_id=1, person_id=person, role=invitee.role, ags=None)
