"""Rows to facts, where more than one module needs it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from sqlalchemy import Row, and_, literal, select

from server.domain.declarations import EVERY_LEVEL, Declaration, Phase
from server.domain.sign_offs.statements import Level
from server.domain.terms.quorum import parse_rule
from server.domain.text.texts import TextKind
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.text import TextRow

# Written out in the statement: with a parameter, a partial index would not be seen to fit.
_IS_ORIGINAL: Final = TextRow.kind == literal(TextKind.ORIGINAL.value, literal_execute=True)
DECLARATIONS: Final = select(
    DeclarationRow.id,
    DeclarationRow.slug,
    DeclarationRow.title,
    DeclarationRow.phase,
    DeclarationRow.issuer,
    DeclarationRow.deadline,
    DeclarationRow.embargo,
    DeclarationRow.contact,
    DeclarationRow.offices_invite,
    TextRow.id.label("text_id"),
    DeclarationRow.place,
    DeclarationRow.day,
    DeclarationRow.quorum,
    DeclarationRow.levels,
    DeclarationRow.languages,
    DeclarationRow.archived_at,
    DeclarationRow.withdrawal,
    DeclarationRow.release_at,
    DeclarationRow.confidential,
    DeclarationRow.four_eyes,
    DeclarationRow.retracted_at,
).join(TextRow, and_(TextRow.declaration_id == DeclarationRow.id, _IS_ORIGINAL))
"""The rows of which `Declaration`s are made."""


def to_declaration(row: Row[*tuple[Any, ...]]) -> Declaration:
    """A row of `DECLARATIONS`."""
    return Declaration(
        row.id,
        row.slug,
        row.title,
        Phase(row.phase),
        row.issuer,
        row.deadline,
        row.embargo,
        row.text_id,
        contact=row.contact,
        offices_invite=row.offices_invite,
        place=row.place,
        day=row.day,
        quorum=parse_rule(row.quorum),
        levels=to_levels(row.levels),
        languages=tuple(row.languages.split()),
        archived_at=row.archived_at,
        withdrawal=row.withdrawal,
        release_at=row.release_at,
        confidential=row.confidential,
        four_eyes=row.four_eyes,
        retracted_at=row.retracted_at,
    )


@lru_cache(64)
def to_levels(names: str) -> frozenset[Level]:
    """Every level for an empty text."""
    return frozenset(map(Level, names.split())) or EVERY_LEVEL


def from_levels(levels: frozenset[Level]) -> str:
    return "" if levels == EVERY_LEVEL else " ".join(sorted(levels))
