"""Decisions about suggestions, bounded in number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.suggestions.decisions import MOST_KEPT, Decision, Kept, Verdict
from server.storage.engine.types import Reader
from server.storage.tables.people import PersonRow
from server.storage.tables.text import DecisionRow

_IDS_A_QUERY: Final = 500
"""Databases limit the parameters of a statement."""


async def append_decisions(
    db: AsyncSession, text_id: int, decisions: Sequence[Decision], person_id: int, now: datetime
) -> None:
    db.add_all(
        DecisionRow(
            text_id=text_id,
            suggestion=decision.suggestion,
            verdict=decision.verdict.value,
            proposed_by=decision.proposed_by,
            municipality=decision.municipality,
            words=decision.words,
            decided_by=person_id,
            decided_at=now,
        )
        for decision in decisions
    )
    await db.flush()
    oldest = await db.scalar(
        select(DecisionRow.id)
        .where(DecisionRow.text_id == text_id)
        .order_by(DecisionRow.id.desc())
        .offset(MOST_KEPT)
        .limit(1)
    )
    if oldest is not None:
        await db.execute(delete(DecisionRow).where(DecisionRow.text_id == text_id, DecisionRow.id <= oldest))


def read_decisions(db: Reader, text_id: int, most: int) -> list[Kept]:
    """Newest first."""
    row = DecisionRow
    said = (row.suggestion, row.verdict, row.proposed_by, row.municipality, row.words)
    found = db.execute(
        select(PersonRow.name, row.decided_at, *said)
        .join(PersonRow, PersonRow.id == row.decided_by)
        .where(row.text_id == text_id)
        .order_by(row.id.desc())
        .limit(most)
    )
    return [
        Kept(Decision(suggestion, Verdict(verdict), proposed_by, municipality, words), name, at)
        for name, at, suggestion, verdict, proposed_by, municipality, words in found
    ]


def read_verdicts(db: Reader, text_id: int, suggestions: Collection[str]) -> dict[str, Verdict]:
    """The newest verdict of each; none for what was never decided."""
    row, wanted = DecisionRow, sorted(suggestions)
    found: dict[str, Verdict] = {}
    for at in range(0, len(wanted), _IDS_A_QUERY):
        part = wanted[at : at + _IDS_A_QUERY]
        query = select(row.suggestion, row.verdict).where(row.text_id == text_id, row.suggestion.in_(part))
        found |= {suggestion: Verdict(verdict) for suggestion, verdict in db.execute(query.order_by(row.id))}
    return found


async def load_verdicts(db: AsyncSession, text_id: int, suggestions: Collection[str]) -> dict[str, Verdict]:
    return await (await db.connection()).run_sync(read_verdicts, text_id, suggestions)
