"""A declaration and its life: drafting → signing → sealed → published (→ withdrawn), back to drafting before
the seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from server.domain.errors import WrongPhase
from server.domain.sign_offs.statements import Level
from server.domain.terms.quorum import NO_RULE, Rule
from server.domain.text.content import Content, parse_content
from server.domain.text.what_changed import NOTHING_SAID, WhatChanged


class Phase(StrEnum):
    DRAFTING = "drafting"
    SIGNING = "signing"
    SEALED = "sealed"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


_NEXT: Final[Mapping[Phase, frozenset[Phase]]] = {
    Phase.DRAFTING: frozenset({Phase.SIGNING, Phase.WITHDRAWN}),
    Phase.SIGNING: frozenset({Phase.DRAFTING, Phase.SEALED, Phase.WITHDRAWN}),
    Phase.SEALED: frozenset({Phase.PUBLISHED, Phase.WITHDRAWN}),
    Phase.PUBLISHED: frozenset({Phase.WITHDRAWN}),
    Phase.WITHDRAWN: frozenset(),
}


def ensure_transition(phase: Phase, to: Phase) -> None:
    """Raises WrongPhase where the life of a declaration has no such step."""
    if to not in _NEXT[phase]:
        raise WrongPhase(phase=phase.value, wanted=to.value)


EVERY_LEVEL: Final = frozenset(Level)


@dataclass(frozen=True, slots=True)
class Declaration:
    """`deadline`: when the sign-offs should be in. `embargo`: Sperrfrist, nothing is public before it.

    `text_id`: its original text. `place` and `day` of giving it are printed where they are set. `quorum`:
    when it comes about; `levels`: how it may be signed. `languages`: BCP 47 tags, the original's first.
    `withdrawal`: why it was withdrawn. `contact`: whom those who are invited can ask.
    `offices_invite`: offices may ask colleagues and deputies of their own municipality in. `release_at`: when
    the public page opens; `confidential` holds it back whatever the hour; `four_eyes`: two people move it.
    `retracted_at`: when it was withdrawn after its publication; None for one that nobody has read by then.
    """

    id: int
    slug: str
    title: str
    phase: Phase
    issuer: str
    deadline: datetime | None
    embargo: datetime | None
    text_id: int
    contact: str = ""
    offices_invite: bool = False
    place: str = ""
    day: date | None = None
    quorum: Rule = NO_RULE
    levels: frozenset[Level] = EVERY_LEVEL
    languages: tuple[str, ...] = ("de",)
    archived_at: datetime | None = None
    withdrawal: str = ""
    release_at: datetime | None = None
    confidential: bool = False
    four_eyes: bool = True
    retracted_at: datetime | None = None

    @property
    def answers_until(self) -> datetime | None:
        """The deadline while people sign; who joins what is published has none."""
        return None if self.phase is Phase.PUBLISHED else self.deadline


@dataclass(frozen=True, slots=True)
class Revision:
    """A fixed, numbered text. `content` are the canonical bytes, `digest` their SHA-256."""

    id: int
    text_id: int
    number: int
    content: bytes
    digest: str
    fixed_by: str
    fixed_at: datetime
    changed: WhatChanged = NOTHING_SAID

    @property
    def text(self) -> Content:
        """Decoded each time it is asked for."""
        return parse_content(self.content)


@dataclass(frozen=True, slots=True)
class RevisionHead:
    """A revision without its text: for lists, and to tell which is the current one."""

    id: int
    text_id: int
    number: int
    digest: str
    fixed_by: str
    fixed_at: datetime
    changed: WhatChanged = NOTHING_SAID
