"""Rows to facts, where more than one module needs it."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row

from server.domain.declarations import Declaration, Phase
from server.storage.tables.declarations import DeclarationRow

DECLARATION: Final = (
    DeclarationRow.id,
    DeclarationRow.slug,
    DeclarationRow.title,
    DeclarationRow.phase,
    DeclarationRow.issuer,
    DeclarationRow.deadline,
    DeclarationRow.embargo,
)
"""The columns of which a `Declaration` is made."""


def to_declaration(row: DeclarationRow | Row[*tuple[Any, ...]]) -> Declaration:
    return Declaration(row.id, row.slug, row.title, Phase(row.phase), row.issuer, row.deadline, row.embargo)
