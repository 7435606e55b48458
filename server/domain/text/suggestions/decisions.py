"""What was decided about suggestions: who accepted or rejected what, and when it was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.canonical import canonical_bytes, digest
from server.domain.sentences import N_

MOST_AT_ONCE: Final = 200
MOST_KEPT: Final = 5_000
"""Of one text, the newest."""
MAX_WORDS: Final = 400
"""Characters of what a suggestion would have done."""


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    Verdict.ACCEPTED: N_("accepted"),
    Verdict.REJECTED: N_("rejected"),
    Verdict.REOPENED: N_("taken back, open again"),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """As the editor tells it. `proposed_by`: a person's id, 0 where nobody knows; `municipality`: for whom it
    was proposed, "" for the coordination."""

    suggestion: str
    verdict: Verdict
    proposed_by: int
    municipality: str
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """On record. `decided_by`: the person's name."""

    decision: Decision
    decided_by: str
    decided_at: datetime


def takes_only_back(decisions: Sequence[Decision], person_id: int) -> bool:
    """Whether these only concern the person's own suggestions, none of which is accepted."""
    return all(
        decision.proposed_by == person_id and decision.verdict is not Verdict.ACCEPTED
        for decision in decisions
    )


def digest_of(decisions: Sequence[Decision]) -> str:
    """Of all that is said, for the log."""
    return digest(canonical_bytes([asdict(decision) for decision in decisions]))
