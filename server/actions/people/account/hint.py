"""The hint of the first visit goes away for good, on every device."""

from __future__ import annotations

from server.actions.services import Services
from server.domain.people.persons import Person
from server.storage.people import persons


async def put_hint_away(services: Services, *, actor: Person) -> None:
    """A preference: nothing that the log tells."""
    async with services.account_act(actor) as act:
        await persons.set_knows_help(act.db, actor.id, act.now)
        act.record_nothing()
