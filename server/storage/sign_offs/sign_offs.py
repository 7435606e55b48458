"""Answers on record. Nothing here is ever changed or deleted."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.answers import Answer
from server.domain.people.mandates import Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs import GivenAnswer, Level, SignOff, parse_statement
from server.storage.engine.types import Reader
from server.storage.tables.sign_offs import SignOffRow

_ANSWERS: Final = (
    select(SignOffRow.revision_id, SignOffRow.statement, SignOffRow.level, SignOffRow.given_at)
    .where(SignOffRow.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(SignOffRow.id)
)
_OF_MUNICIPALITIES: Final = (
    select(
        SignOffRow.id,
        SignOffRow.revision_id,
        SignOffRow.person_id,
        SignOffRow.statement,
        SignOffRow.level,
        SignOffRow.evidence,
    )
    .where(
        SignOffRow.declaration_id == bindparam("declaration"),
        SignOffRow.ags.in_(bindparam("municipalities", expanding=True)),
    )
    .order_by(SignOffRow.id)
)


def read_answers(db: Reader, revision_ids: Collection[int]) -> list[GivenAnswer]:
    """To these revisions, in the order in which they came."""
    rows = db.execute(_ANSWERS, {"revisions": list(revision_ids)}).all()
    return [_to_answer(*row) for row in rows]


def _to_answer(revision_id: int, statement: bytes, level: str, at: datetime) -> GivenAnswer:
    said = json.loads(statement)
    who, town = said["signatory"], said["municipality"]
    municipality = Municipality(town["ags"], town["name"], MunicipalityKind(town["kind"]))
    signatory = Signatory(municipality, who["name"], who["title"])
    return GivenAnswer(revision_id, signatory, Answer(said["answer"]), Level(level), at)


def read_sign_offs(db: Reader, declaration_id: int, municipalities: Collection[str]) -> list[SignOff]:
    """All that these municipalities (by official key) answered, to every revision, in order."""
    rows = db.execute(
        _OF_MUNICIPALITIES, {"declaration": declaration_id, "municipalities": list(municipalities)}
    )
    return [_to_sign_off(row) for row in rows]


def _to_sign_off(row: SignOffRow | Row[*tuple[Any, ...]]) -> SignOff:
    return SignOff(
        row.id,
        row.revision_id,
        row.person_id,
        parse_statement(json.loads(row.statement)),
        row.statement,
        Level(row.level),
        row.evidence,
    )


async def list_sign_offs(db: AsyncSession, declaration_id: int) -> list[SignOff]:
    """All of a declaration's, for every revision, in the order in which they came."""
    query = select(SignOffRow).where(SignOffRow.declaration_id == declaration_id).order_by(SignOffRow.id)
    return [_to_sign_off(row) for row in await db.scalars(query)]


async def find_sign_off(db: AsyncSession, revision_id: int, ags: str) -> SignOff | None:
    query = select(SignOffRow).where(SignOffRow.revision_id == revision_id, SignOffRow.ags == ags)
    row = await db.scalar(query)
    return _to_sign_off(row) if row else None


async def append_sign_off(
    db: AsyncSession,
    *,
    declaration_id: int,
    revision_id: int,
    person_id: int,
    statement: bytes,
    level: Level,
    evidence: dict[str, object],
) -> SignOff:
    """One for each municipality and revision; the unique constraint settles two at once. `statement`: the
    very bytes that were confirmed."""
    said = parse_statement(json.loads(statement))
    row = SignOffRow(
        declaration_id=declaration_id,
        revision_id=revision_id,
        ags=said.ags,
        person_id=person_id,
        level=level.value,
        statement=statement,
        evidence=evidence,
        given_at=said.at,
    )
    db.add(row)
    await db.flush()
    return _to_sign_off(row)
