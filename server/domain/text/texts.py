"""The texts of a declaration: the original, and what is derived from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.domain.declarations import Phase


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


WRITTEN_IN: Final[Mapping[TextKind, frozenset[Phase]]] = {
    TextKind.ORIGINAL: frozenset({Phase.DRAFTING}),
    TextKind.BRANCH: frozenset({Phase.DRAFTING}),
    TextKind.TRANSLATION: frozenset({Phase.DRAFTING, Phase.SIGNING, Phase.SEALED, Phase.PUBLISHED}),
}
"""While nobody may change what is signed, others put it into their languages."""
