"""What a signatory answers, read from a form: every fault names its field and says what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Final

from server.actions.sign_offs.request import Reply
from server.domain.errors import InvalidInput
from server.domain.sign_offs.answers import (
    Answer,
    AnswerMissing,
    InvalidCouncilDate,
    UnprintableWords,
    WordsMissing,
    WordsTooLong,
)
from server.domain.terms.local_time import day_of
from server.web.http.forms import Form

MAX_WORDS: Final = 1_500
"""Characters of a Protokollerklärung or a reason."""
MAX_NAME: Final = 120
FIELDS: Final = (
    "answer", "statement", "council_date", "council_body", "council_reference", "council_statement", "reason",
    "reason_is", "representation",
)  # fmt: skip
"""What a form of answers may carry, to be shown again."""
COUNCIL_WITHIN: Final = timedelta(days=730)
PUBLIC: Final = "public"
"""The reason for declining may be read by everybody; else by the coordination only."""
LONGEST: Final = 20_000
"""What is read of a text that is too long: to say by how much, and to show it again."""


def typed_in(form: Form) -> dict[str, str]:
    """What came of an answer, to be shown again."""
    return {name: form.typed(name, LONGEST) for name in FIELDS}


def read_reply(form: Form, now: datetime) -> Reply:
    """Raises InvalidReply, InvalidInput."""
    answer = _read_answer(form)
    because = form.optional_text("representation", MAX_NAME)
    return _READERS[answer](form, answer, because, now)


def read_words(form: Form, name: str, most: int = MAX_WORDS) -> str:
    """At most so many characters, lines ended by a line feed. Raises WordsTooLong, UnprintableWords."""
    try:
        words = form.optional_text(name, LONGEST).replace("\r\n", "\n").replace("\r", "\n")
    except InvalidInput as error:
        raise UnprintableWords(field=name) from error
    if len(words) > most:
        raise WordsTooLong(field=name, count=len(words), most=most)
    return words


def _read_answer(form: Form) -> Answer:
    try:
        return Answer(form.optional_text("again", 40) or form.text("answer", 40))
    except (InvalidInput, ValueError) as error:
        raise AnswerMissing(field="answer") from error


def _plain(_form: Form, answer: Answer, because: str, _now: datetime) -> Reply:
    return Reply(answer, reason_for_representation=because)


def _with_statement(form: Form, answer: Answer, because: str, _now: datetime) -> Reply:
    words = read_words(form, "statement")
    if not words:
        raise WordsMissing(field="statement")
    return Reply(answer, words, reason_for_representation=because)


def _subject_to_council(form: Form, answer: Answer, because: str, now: datetime) -> Reply:
    return Reply(
        answer,
        read_words(form, "council_statement"),
        _read_day(form, now),
        form.optional_text("council_body", MAX_NAME),
        form.optional_text("council_reference", MAX_NAME),
        because,
    )


def _declines(form: Form, answer: Answer, because: str, _now: datetime) -> Reply:
    """A reason for the coordination alone is no part of what is signed."""
    reason = read_words(form, "reason")
    is_public = form.optional_text("reason_is", 10) == PUBLIC
    return Reply(answer, reason if is_public else "", reason_for_representation=because)


def _read_day(form: Form, now: datetime) -> str:
    """ISO 8601, or empty where the day is not known yet. Raises InvalidCouncilDate."""
    typed = form.optional_text("council_date", 40)
    if not typed:
        return ""
    today = day_of(now)
    try:
        day = date.fromisoformat(typed)
    except ValueError as error:
        raise InvalidCouncilDate(field="council_date") from error
    if not today <= day <= today + COUNCIL_WITHIN:
        raise InvalidCouncilDate(field="council_date")
    return day.isoformat()


_READERS: Final[Mapping[Answer, Callable[[Form, Answer, str, datetime], Reply]]] = {
    Answer.SIGNS: _plain,
    Answer.SIGNS_WITH_STATEMENT: _with_statement,
    Answer.SUBJECT_TO_COUNCIL: _subject_to_council,
    Answer.DECLINES: _declines,
}
