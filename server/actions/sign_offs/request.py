"""What a signatory asks to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.domain.sign_offs.answers import Answer


@dataclass(frozen=True, slots=True)
class Reply:
    """What a signatory answers, beside the wording. The default is the plain signature."""

    answer: Answer = Answer.SIGNS
    text: str = ""
    council_date: str = ""
    council_body: str = ""
    council_reference: str = ""
    reason_for_representation: str = ""

    @property
    def council(self) -> tuple[str, str, str]:
        """Day, body, file number."""
        return self.council_date, self.council_body, self.council_reference


PLAIN: Final = Reply()


@dataclass(frozen=True, slots=True)
class SignOffRequest:
    """`digest`: of the text that was shown; `wording`: the sentence above the button, as shown; `replaces`:
    the municipality's newest act that was shown beside it, None where there was none; `note`: for the
    coordination only, no part of what is signed."""

    digest: str
    mandate_id: int
    wording: str
    reply: Reply = PLAIN
    replaces: int | None = None
    note: str = ""
