"""What can be wrong with a mandate: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from server.domain.errors import Invalid, NotAllowed, Refused
from server.domain.sentences import N_


class NoMandate(NotAllowed):
    """A signatory without a mandate in force: it has ended, perhaps while the page was open."""

    code = "no_mandate"
    heading = N_("You have no mandate at the moment")
    sentence = N_(
        "At the moment you cannot answer for a municipality here: your mandate has ended or not begun yet. "
        "Nothing was stored. If that is not right, please ask the coordination."
    )


class FaultyMandate(Invalid):
    """`faults` say what is wrong, field by field."""

    code = "faulty_mandate"
    heading = N_("The mandate is not complete")
    sentence = N_("Something is missing or not right yet. Please look at the marked fields.")

    def __init__(self, faults: Sequence[Any] = (), doubtful: str = "") -> None:
        """`doubtful`: the address that can be used once somebody has looked at it."""
        super().__init__()
        self.faults = faults
        self.doubtful = doubtful


class EndedMandate(Refused):
    """Somebody wants to change what is over: what was signed with it must stay readable."""

    code = "ended_mandate"
    heading = N_("This mandate has ended")
    sentence = N_("This mandate has ended already and stays on record as it was. Please enter a new one.")
