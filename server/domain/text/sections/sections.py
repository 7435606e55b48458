"""A section is open or agreed; a municipality may look after it.

What was agreed are its words: when they change, that is said, and nobody has to remember it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from server.domain.canonical import canonical_bytes
from server.domain.permissions import Access, can_edit_text, can_moderate
from server.domain.text.live_text import LiveBlock, settled_blocks


@dataclass(frozen=True, slots=True)
class Section:
    """`key` names its heading as long as that stands, wherever it moves and whatever it says. `block`: the
    heading's, from 1. `digest`: of its words without what is only proposed."""

    key: str
    title: str
    block: int
    digest: str


@dataclass(frozen=True, slots=True)
class SectionState:
    """`ags`, `town`: who looks after it, None and empty for nobody. `digest`: of the words that were agreed,
    empty as long as they are not."""

    key: str
    ags: str | None
    town: str
    digest: str
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a section is."""

    section: Section
    ags: str | None = None
    town: str = ""
    is_agreed: bool = False
    has_changed: bool = False
    """It was agreed, and its words are others now."""
    agreed_at: datetime | None = None


def standing_of(sections: Sequence[Section], states: Mapping[str, SectionState]) -> list[Standing]:
    """In the order of the text. What is known of headings that are gone is left out."""
    return [_standing(section, states.get(section.key)) for section in sections]


def _standing(section: Section, state: SectionState | None) -> Standing:
    if state is None:
        return Standing(section)
    same = state.digest == section.digest
    changed = bool(state.digest) and not same
    return Standing(section, state.ags, state.town, same, changed, state.agreed_at)


def words_digest(blocks: Sequence[LiveBlock]) -> str:
    """SHA-256 of the words, in hexadecimal digits."""
    said = [
        [block.kind, block.level, "".join(run.text for run in block.runs)] for block in settled_blocks(blocks)
    ]
    return sha256(canonical_bytes(said)).hexdigest()


def may_agree(access: Access, ags: str | None) -> bool:
    """Says that a section is agreed, or open again: the coordination, and who drafts for the municipality
    that looks after it."""
    own = ags is not None and access.municipality is not None and access.municipality.ags == ags
    return can_edit_text(access) and (can_moderate(access) or own)
