"""What a municipality can answer, one row each. The document's German words stand in `documents.wording`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.domain.errors import Invalid, Refused
from server.domain.people.mandates import MandateKind
from server.domain.sentences import N_


class Answer(StrEnum):
    SIGNS = "signs"
    SIGNS_WITH_STATEMENT = "signs_with_statement"
    SUBJECT_TO_COUNCIL = "subject_to_council"
    DECLINES = "declines"

    @property
    def facts(self) -> AnswerFacts:
        return ANSWERS[self]

    @property
    def supports(self) -> bool:
        return self.facts.supports


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFacts:
    """`label` is what pages call it.

    `supports`: stands behind the text, if only under a condition, and is printed among the signatories.
    `needs_statement`: a Protokollerklärung belongs to it; the document says so where there is none.
    `needs_council`: the council still decides, if known on the statement's `council_date`.
    `gives_reason`: the statement's `text` is a reason, not a Protokollerklärung.
    """

    label: str
    supports: bool
    needs_statement: bool = False
    needs_council: bool = False
    gives_reason: bool = False

    @property
    def has_annex(self) -> bool:
        """Something of it is printed after the signatories, whatever was written."""
        return self.needs_statement or self.needs_council


ANSWERS: Final[Mapping[Answer, AnswerFacts]] = {
    Answer.SIGNS: AnswerFacts(label=N_("signs"), supports=True),
    Answer.SIGNS_WITH_STATEMENT: AnswerFacts(
        label=N_("signs with a statement for the record"), supports=True, needs_statement=True
    ),
    Answer.SUBJECT_TO_COUNCIL: AnswerFacts(
        label=N_("subject to the council's decision"), supports=True, needs_council=True
    ),
    Answer.DECLINES: AnswerFacts(label=N_("does not sign"), supports=False, gives_reason=True),
}

WORDINGS: Final[Mapping[tuple[Answer, MandateKind], str]] = {
    (Answer.SIGNS, MandateKind.MAYOR): N_(
        "For %(place)s I sign revision %(number)s of the declaration: %(title)s"
    ),
    (Answer.SIGNS, MandateKind.DEPUTY): N_(
        "As deputy for %(place)s I sign revision %(number)s of the declaration: %(title)s"
    ),
    (Answer.SIGNS, MandateKind.JOINT): N_(
        "Jointly authorised for %(place)s I sign revision %(number)s of the declaration: %(title)s"
    ),
    (Answer.SIGNS_WITH_STATEMENT, MandateKind.MAYOR): N_(
        "For %(place)s I sign revision %(number)s of the declaration "
        "with a statement for the record: %(title)s"
    ),
    (Answer.SIGNS_WITH_STATEMENT, MandateKind.DEPUTY): N_(
        "As deputy for %(place)s I sign revision %(number)s of the declaration "
        "with a statement for the record: %(title)s"
    ),
    (Answer.SIGNS_WITH_STATEMENT, MandateKind.JOINT): N_(
        "Jointly authorised for %(place)s I sign revision %(number)s of the declaration "
        "with a statement for the record: %(title)s"
    ),
    (Answer.SUBJECT_TO_COUNCIL, MandateKind.MAYOR): N_(
        "For %(place)s I sign revision %(number)s of the declaration, "
        "subject to the council's decision: %(title)s"
    ),
    (Answer.SUBJECT_TO_COUNCIL, MandateKind.DEPUTY): N_(
        "As deputy for %(place)s I sign revision %(number)s of the declaration, "
        "subject to the council's decision: %(title)s"
    ),
    (Answer.SUBJECT_TO_COUNCIL, MandateKind.JOINT): N_(
        "Jointly authorised for %(place)s I sign revision %(number)s of the declaration, "
        "subject to the council's decision: %(title)s"
    ),
    (Answer.DECLINES, MandateKind.MAYOR): N_(
        "For %(place)s I do not sign revision %(number)s of the declaration: %(title)s"
    ),
    (Answer.DECLINES, MandateKind.DEPUTY): N_(
        "As deputy for %(place)s I do not sign revision %(number)s of the declaration: %(title)s"
    ),
    (Answer.DECLINES, MandateKind.JOINT): N_(
        "Jointly authorised for %(place)s I do not sign revision %(number)s of the declaration: %(title)s"
    ),
}
"""The sentence above the button. It becomes part of what is signed."""


class WordingDiffers(Refused):
    """The page showed another sentence above the button than the one that is signed."""

    code = "wording_differs"
    heading = N_("The page showed something else")
    sentence = N_(
        "What the page showed is not what would be signed. Nothing was signed. Switch off translation and "
        "extensions of the browser, load the page again, or use another device."
    )


class InvalidReply(Invalid):
    """What belongs to an answer is missing or wrong; `facts['field']` names it."""

    code = "invalid_reply"
    heading = N_("Your answer is not complete")
    sentence = N_("Please check what belongs to your answer.")


class AnswerMissing(InvalidReply):
    code = "answer_missing"
    heading = N_("No answer is chosen")
    sentence = N_("Please choose one of the answers.")


class WordsMissing(InvalidReply):
    code = "words_missing"
    heading = N_("Your statement is missing")
    sentence = N_("Please write your statement for the record, or choose to sign without one.")


class WordsTooLong(InvalidReply):
    """`count` characters where `most` may be."""

    code = "words_too_long"
    heading = N_("Your statement is too long")
    sentence = N_("Your text has %(count)s characters, at most %(most)s are possible. Please shorten it.")


class UnprintableWords(InvalidReply):
    code = "unprintable_words"
    heading = N_("Your text cannot be printed")
    sentence = N_(
        "Your text contains characters that cannot be printed. Please type it, or paste it as plain text."
    )


class InvalidCouncilDate(InvalidReply):
    code = "invalid_council_date"
    heading = N_("The day of the council is not valid")
    sentence = N_(
        "Please enter the day on which the council decides: today or later, and within the next two years."
    )
