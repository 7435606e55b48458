"""The declarations that a person takes part in: narrowed, and a page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select

from server.domain.declarations import Phase
from server.domain.people.municipalities import din_5007_key
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS
from server.domain.permissions import Access
from server.storage.declarations.access import read_some_accesses
from server.storage.engine.types import Reader
from server.storage.tables.declarations import DeclarationRow, ParticipantRow

PAGE: Final = 20
"""Rows of a page."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words`: all of them stand in the title or the issuer, whatever their case. `mine`: those that the
    person coordinates. `archived`: those in the archive instead of the others."""

    words: str = ""
    phase: Phase | None = None
    mine: bool = False
    archived: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """`total`: on all pages. `page`: the one that is shown, the last where too late a one was asked for."""

    accesses: Sequence[Access]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def read_list(db: Reader, person: Person, wanted: Wanted, now: datetime) -> Found:
    """Newest first. Words are compared here: databases fold letters of their own alphabet only."""
    rows = _candidates(db, person, wanted)
    words = din_5007_key(wanted.words).split()
    ids = [number for number, title, issuer in rows if _holds(f"{title} {issuer}", words)]
    page = min(max(1, wanted.page), max(1, -(-len(ids) // PAGE)))
    shown = ids[(page - 1) * PAGE : page * PAGE]
    return Found(read_some_accesses(db, person, shown, now) if shown else [], len(ids), page)


def _candidates(db: Reader, person: Person, wanted: Wanted) -> list[tuple[int, str, str]]:
    """Id, title and issuer."""
    parts = select(ParticipantRow.declaration_id).where(ParticipantRow.person_id == person.id)
    if wanted.mine:
        parts = parts.where(ParticipantRow.role.in_([role.value for role in COORDINATORS]))
    archived = DeclarationRow.archived_at
    query = select(DeclarationRow.id, DeclarationRow.title, DeclarationRow.issuer).where(
        DeclarationRow.id.in_(parts),
        archived.is_not(None) if wanted.archived else archived.is_(None),
    )
    if wanted.phase is not None:
        query = query.where(DeclarationRow.phase == wanted.phase.value)
    rows = db.execute(query.order_by(DeclarationRow.id.desc()))
    return [(number, title, issuer) for number, title, issuer in rows]


def _holds(text: str, words: Sequence[str]) -> bool:
    if not words:
        return True
    key = din_5007_key(text)
    return all(word in key for word in words)


def read_first(db: Reader, person: Person, most: int, now: datetime) -> list[Access]:
    """Of what is not archived: where the sign-offs are running, then the newest."""
    parts = select(ParticipantRow.declaration_id).where(ParticipantRow.person_id == person.id)
    signing = DeclarationRow.phase == Phase.SIGNING.value
    query = (
        select(DeclarationRow.id)
        .where(DeclarationRow.id.in_(parts), DeclarationRow.archived_at.is_(None))
        .order_by(signing.desc(), DeclarationRow.id.desc())
        .limit(most)
    )
    ids = list(db.execute(query).scalars())
    found = read_some_accesses(db, person, ids, now) if ids else []
    return sorted(found, key=lambda access: ids.index(access.declaration.id))
