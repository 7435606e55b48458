"""A person's own data, to take along (Art. 15 and 20 GDPR)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.people.persons import Person
from server.domain.people.sessions import ensure_fresh
from server.storage.record import own_data
from server.storage.record.own_data import Section


@dataclass(frozen=True, slots=True)
class OwnData:
    """`written`: with how many editors the person wrote in the texts."""

    at: datetime
    sections: list[Section]
    written: int


async def export_own_data(services: Services, *, actor: Person, proven_at: datetime) -> OwnData:
    """Raises ProofNeeded."""
    async with services.account_act(actor) as act:
        ensure_fresh(proven_at, act.now)
        sections = await own_data.load_own_data(act.db, actor.id)
        written = await own_data.count_written(act.db, actor.id)
        act.record(Tag.DATA_EXPORT, {"sections": len(sections)})
    return OwnData(act.now, sections, written)
