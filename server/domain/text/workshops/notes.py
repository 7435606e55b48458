"""What participants of a workshop bring, under a name that nobody has verified: the coordination takes it
over or rejects it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.text.content import Block

MAX_NAME: Final = 60
MAX_WORDS: Final = 4_000
"""Characters of a note."""
MAX_NOTES: Final = 1_000
"""That one workshop may bring."""
MAX_WORKSHOPS: Final = 10
"""Open at the same time in one declaration."""
MAX_HOURS: Final = 72


class NoteKind(StrEnum):
    SUGGESTION = "suggestion"
    """Other words for a paragraph."""
    COMMENT = "comment"


class NoteState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Workshop:
    """`section`: words of the heading that begins it, empty for the whole text."""

    id: int
    declaration_id: int
    title: str
    section: str
    closes_at: datetime
    ended_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and now < self.closes_at


@dataclass(frozen=True, slots=True)
class Note:
    """`guest` is what somebody typed. `passage`: the paragraph as it stood."""

    id: int
    workshop: str
    guest: str
    kind: NoteKind
    passage: str
    words: str
    written_at: datetime
    state: NoteState


def headings(blocks: Sequence[Block]) -> list[str]:
    """Words of those that can be chosen, in the order of the text, each once."""
    found = [block.text.strip() for block in blocks if block.kind == "heading"]
    return list(dict.fromkeys(words for words in found if words))


def section_of(blocks: Sequence[Block], heading: str) -> tuple[Block, ...]:
    """The heading and all up to the next of its level or above; empty where there is none of these words. The
    whole text for an empty heading."""
    if not heading:
        return tuple(blocks)
    found: list[Block] = []
    level = 0
    for block in blocks:
        is_heading = block.kind == "heading"
        if not found and is_heading and block.text.strip() == heading:
            level = block.level
        elif not found or (is_heading and block.level <= level):
            if found:
                break
            continue
        found.append(block)
    return tuple(found)
