"""What two people decide about the hour of the public page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.errors import Invalid, Refused
from server.domain.sentences import N_


class Step(StrEnum):
    MOVE = "move"
    """To another hour, later or earlier."""
    NOW = "now"
    STOP = "stop"
    """There is no hour any more, until somebody sets one."""
    UNLOCK = "unlock"
    """The lock is taken off. Putting it on is done by one person at once: it can only hold back."""

    @property
    def label(self) -> str:
        return STEP_WORDS[self]

    @classmethod
    def named(cls, name: str) -> Step | None:
        return next((step for step in cls if step == name), None)


STEP_WORDS: Final[Mapping[Step, str]] = {
    Step.MOVE: N_("Move the hour"),
    Step.NOW: N_("Publish now"),
    Step.STOP: N_("Stop the publication"),
    Step.UNLOCK: N_("Lift the lock"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Waits for a second person. `hour` with `MOVE` only."""

    id: int
    step: Step
    hour: datetime | None
    by: int
    """The person's id."""
    name: str
    at: datetime


class HourPassed(Invalid):
    """A Sperrfrist or an hour in the past."""

    code = "hour_passed"
    heading = N_("This hour has passed")
    sentence = N_("This hour has passed already. Please choose one that is still to come.")


class SecondPersonNeeded(Refused):
    """Who proposed a step cannot confirm it as well."""

    code = "release_needs_second_person"
    heading = N_("A second person confirms this")
    sentence = N_(
        "You proposed this yourself. Somebody else of the coordination or the press office confirms it; "
        "they see it on this page."
    )


class ProposalGone(Refused):
    """Settled meanwhile, or another was made."""

    code = "proposal_gone"
    heading = N_("This proposal is settled")
    sentence = N_("This proposal was settled or replaced meanwhile. Nothing was changed. Please look again.")


class Confidential(Refused):
    """The coordination keeps the document to itself for now."""

    code = "confidential"
    heading = N_("The document is confidential for now")
    sentence = N_(
        "The coordination has locked the document as confidential. It opens again when the lock is lifted."
    )
