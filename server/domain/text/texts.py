"""The texts of a declaration: the original, and what is derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TextKind(StrEnum):
    ORIGINAL = "original"
    """What is drafted, fixed and signed. Every declaration has exactly one."""
    TRANSLATION = "translation"
    BRANCH = "branch"
    """Proposals in preparation, unseen by others until they are shared."""


@dataclass(frozen=True, slots=True)
class DeclarationText:
    """`parent_id`: the text it is derived from, None for the original. `language`: a BCP 47 tag. `name`: what
    people call it, empty for the original."""

    id: int
    declaration_id: int
    kind: TextKind
    parent_id: int | None
    language: str
    name: str
