"""Answers on record, and that one was taken back. Rows are only added."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.mandates import MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import GivenAnswer, Level, SignOff, parse_statement
from server.storage.engine.types import Reader
from server.storage.tables.sign_offs import SignOffRow, WithdrawalRow

_WITHDRAWN: Final = WithdrawalRow.sign_off_id.is_not(None).label("withdrawn")
_ANSWERS: Final = (
    select(
        SignOffRow.id,
        SignOffRow.revision_id,
        SignOffRow.person_id,
        SignOffRow.statement,
        SignOffRow.level,
        SignOffRow.given_at,
        _WITHDRAWN,
    )
    .outerjoin(WithdrawalRow)
    .where(SignOffRow.revision_id.in_(bindparam("revisions", expanding=True)))
    .order_by(SignOffRow.id)
)
_SIGN_OFFS: Final = (
    select(
        SignOffRow.id,
        SignOffRow.revision_id,
        SignOffRow.person_id,
        SignOffRow.statement,
        SignOffRow.level,
        SignOffRow.evidence,
        SignOffRow.note,
        _WITHDRAWN,
    )
    .outerjoin(WithdrawalRow)
    .where(SignOffRow.declaration_id == bindparam("declaration"))
    .order_by(SignOffRow.id)
)
_OF_MUNICIPALITIES: Final = _SIGN_OFFS.where(SignOffRow.ags.in_(bindparam("municipalities", expanding=True)))


def read_answers(db: Reader, revision_ids: Collection[int]) -> list[GivenAnswer]:
    """To these revisions, in the order in which they came."""
    return [_to_answer(row) for row in db.execute(_ANSWERS, {"revisions": list(revision_ids)})]


def _to_answer(row: Row[*tuple[Any, ...]]) -> GivenAnswer:
    """Without all the checks of `parse_statement`: lists read many."""
    said = json.loads(row.statement.decode())
    who, town = said["signatory"], said["municipality"]
    municipality = Municipality(town["ags"], town["name"], MunicipalityKind(town["kind"]))
    return GivenAnswer(
        row.id,
        row.revision_id,
        row.person_id,
        Signatory(municipality, who["name"], who["title"]),
        MandateKind(who["capacity"]),
        Answer(said["answer"]),
        Level(row.level),
        row.given_at,
        said.get("text", ""),
        said.get("council_date", ""),
        who.get("represents", ""),
        row.withdrawn,
    )


def read_sign_offs(db: Reader, declaration_id: int, municipalities: Collection[str]) -> list[SignOff]:
    """All that these municipalities (by official key) answered, to every revision, in order."""
    rows = db.execute(
        _OF_MUNICIPALITIES, {"declaration": declaration_id, "municipalities": list(municipalities)}
    )
    return [_to_sign_off(row) for row in rows]


def _to_sign_off(row: Row[*tuple[Any, ...]]) -> SignOff:
    return SignOff(
        row.id,
        row.revision_id,
        row.person_id,
        parse_statement(json.loads(row.statement)),
        row.statement,
        Level(row.level),
        row.evidence,
        row.withdrawn,
        row.note,
    )


async def list_sign_offs(db: AsyncSession, declaration_id: int) -> list[SignOff]:
    """All of a declaration's, for every revision, in the order in which they came."""
    return [_to_sign_off(row) for row in await db.execute(_SIGN_OFFS, {"declaration": declaration_id})]


async def list_acts(db: AsyncSession, declaration_id: int, ags: str, digest: str) -> list[SignOff]:
    """What a municipality answered to a text, oldest first."""
    rows = await db.execute(_OF_MUNICIPALITIES, {"declaration": declaration_id, "municipalities": [ags]})
    given = [_to_sign_off(row) for row in rows]
    return [s for s in given if s.statement.revision_digest == digest]


async def append_sign_off(
    db: AsyncSession,
    *,
    declaration_id: int,
    revision_id: int,
    person_id: int,
    statement: bytes,
    level: Level,
    evidence: dict[str, object],
    note: str = "",
) -> SignOff:
    """`statement`: the very bytes that were confirmed."""
    said = parse_statement(json.loads(statement))
    of_municipality = (SignOffRow.revision_id == revision_id, SignOffRow.ags == said.ags)
    earlier = await db.scalar(select(func.count()).select_from(SignOffRow).where(*of_municipality))
    row = SignOffRow(
        declaration_id=declaration_id,
        revision_id=revision_id,
        ags=said.ags,
        person_id=person_id,
        level=level.value,
        statement=statement,
        evidence=evidence,
        given_at=said.at,
        number=(earlier or 0) + 1,
        note=note,
    )
    db.add(row)
    await db.flush()
    return SignOff(row.id, revision_id, person_id, said, statement, level, evidence, note=note)


async def append_withdrawal(db: AsyncSession, sign_off_id: int, person_id: int, now: datetime) -> None:
    db.add(WithdrawalRow(sign_off_id=sign_off_id, person_id=person_id, at=now))
    await db.flush()
