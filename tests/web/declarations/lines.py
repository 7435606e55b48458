"""Lines of the list of answers."""

from __future__ import annotations

from datetime import UTC, datetime

from server.domain.people.mandates import MandateKind, Signatory
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import GivenAnswer, Level
from server.web.declarations.progress import Line

AT = datetime(2026, 6, 17, tzinfo=UTC)


def answered(signatory: Signatory, answer: Answer = Answer.SIGNS) -> Line:
    """By a mayor, with a passkey."""
    return Line(signatory, GivenAnswer(1, 1, 1, signatory, MandateKind.MAYOR, answer, Level.PASSKEY, AT))
