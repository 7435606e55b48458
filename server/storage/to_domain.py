"""Rows to facts, where more than one module needs it."""

from __future__ import annotations

from server.domain.declarations import Declaration, Phase
from server.storage.tables import DeclarationRow


def to_declaration(row: DeclarationRow) -> Declaration:
    return Declaration(row.id, row.slug, row.title, Phase(row.phase), row.issuer, row.deadline, row.embargo)
