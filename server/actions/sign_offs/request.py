"""What a signatory asks to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from server.domain.answers import Answer


@dataclass(frozen=True, slots=True)
class Reply:
    """What a signatory answers, beside the wording. The default is the plain signature."""

    answer: Answer = Answer.SIGNS
    text: str = ""
    council_date: str = ""
    reason_for_representation: str = ""


PLAIN: Final = Reply()


@dataclass(frozen=True, slots=True)
class SignOffRequest:
    """`digest`: of the text that was shown; `wording`: the sentence above the button, as shown."""

    digest: str
    mandate_id: int
    wording: str
    reply: Reply = PLAIN
