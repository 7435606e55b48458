"""Rows to facts, where more than one module needs it."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row, and_, literal, select

from server.domain.declarations import Declaration, Phase
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
    TextRow.id.label("text_id"),
).join(TextRow, and_(TextRow.declaration_id == DeclarationRow.id, _IS_ORIGINAL))
"""The rows of which `Declaration`s are made."""


def to_declaration(row: Row[*tuple[Any, ...]]) -> Declaration:
    """A row of `DECLARATIONS`."""
    return Declaration(
        row.id, row.slug, row.title, Phase(row.phase), row.issuer, row.deadline, row.embargo, row.text_id
    )
