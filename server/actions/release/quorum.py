"""Whether a declaration has come about."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.sign_offs.errors import QuorumNotReached
from server.domain.terms.quorum import Answers, counts, measure
from server.dossier.facts import FinalFacts
from server.storage.declarations import settings
from server.storage.people.municipalities import read_inhabitants


async def ensure_quorum(db: AsyncSession, facts: FinalFacts, now: datetime) -> None:
    """Raises QuorumNotReached."""
    asked = await db.run_sync(settings.read_asked, facts.declaration.id, now)
    behind = {s.municipality.ags for s in facts.sign_offs if counts(s.statement.answer)}
    inhabitants = await db.run_sync(read_inhabitants, asked)
    standing = measure(facts.declaration.quorum, Answers(asked, behind, inhabitants))
    if not standing.reached:
        raise QuorumNotReached(counted=standing.counted, asked=len(asked))
