"""Who may answer and whose municipality has not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.mandates import Mandate
from server.domain.people.persons import Person
from server.domain.sign_offs.statements import counting
from server.storage.people import municipalities
from server.storage.sign_offs import sign_offs


async def list_open(
    db: AsyncSession, declaration_id: int, digest: str, now: datetime
) -> list[tuple[Mandate, Person]]:
    """In the document's order, the mayor before the deputies. `digest`: of the text that is asked about."""
    given = await sign_offs.list_sign_offs(db, declaration_id)
    answered = {one.ags for one in counting(given, digest)}
    invited = await municipalities.list_invited(db, declaration_id, now)
    return [(mandate, person) for mandate, person in invited if mandate.municipality.ags not in answered]
