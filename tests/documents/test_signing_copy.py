"""The copy to be signed shows text and statement, conforms, and comes out the same every time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.documents.model import Mark
from server.documents.reading.attachments import read_attachments
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.signing_copy import SigningCopy, declared, render_signing_copy
from server.documents.wording import ANSWERS, DECLARED, SIGNATURE
from server.domain.people.mandates import MandateKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Statement
from server.domain.text.errors import UnprintableText
from tests.documents import document_examples as examples
from tests.documents.document_conformance import faults
from tests.signing.people import statement

TEXT = "erklaerung.json"


def copy_of(said: Statement | None = None, *marks: Mark) -> SigningCopy:
    content = examples.starter()
    said = said or statement(content=content.canonical())
    return SigningCopy(content, "Städte und Gemeinden", said.at, said, frozenset(marks))


def answering(answer: Answer, **more: object) -> Statement:
    return replace(statement(content=examples.starter().canonical()), answer=answer, **more)


STATEMENTS = {
    "a plain signature": answering(Answer.SIGNS),
    "a statement for the record": answering(Answer.SIGNS_WITH_STATEMENT, text="Erstens.\n\nZweitens."),
    "a council that decides": answering(Answer.SUBJECT_TO_COUNCIL, council_date="2026-07-01"),
    "a council without a date": answering(Answer.SUBJECT_TO_COUNCIL),
    "a refusal": answering(Answer.DECLINES, text="Der Gemeinderat hat anders entschieden."),
    "a deputy": answering(
        Answer.SIGNS,
        capacity=MandateKind.DEPUTY,
        title="Bürgermeister",
        represents="Doris Beispiel",
        reason_for_representation="Urlaub",
    ),
}


@pytest.mark.parametrize("said", STATEMENTS.values(), ids=STATEMENTS)
def test_a_copy_conforms_and_shows_text_and_statement(said: Statement) -> None:
    pdf = render_signing_copy(copy_of(said, Mark.TEST), TEXT)
    assert faults(pdf) == []
    assert compare_with_content(pdf, examples.starter()) == []
    assert compare_with_content(pdf, declared(said), DECLARED) == []


@pytest.mark.parametrize("answer", Answer)
def test_a_copy_says_every_answer(answer: Answer) -> None:
    assert ANSWERS[answer].copy in declared(answering(answer)).plain_text


def test_text_and_statement_are_attached_byte_for_byte() -> None:
    copy = copy_of()
    assert read_attachments(render_signing_copy(copy, TEXT)) == {
        TEXT: copy.content.canonical(),
        "aussage.json": copy.statement.canonical(),
    }


def test_the_same_copy_has_the_same_bytes() -> None:
    assert render_signing_copy(copy_of(), TEXT) == render_signing_copy(copy_of(), TEXT)


def test_the_words_are_those_of_an_administration() -> None:
    said = {block.text for block in read_text(render_signing_copy(copy_of(STATEMENTS["a deputy"]), TEXT))}
    assert {"In Vertretung für: Doris Beispiel (Urlaub)", "Kommune: Stadt Offenburg"} <= said
    assert {"Antwort: zeichnet mit", "Ausgefertigt: 18.06.2026, 11:00\u00a0Uhr", SIGNATURE} <= said


def test_a_statement_about_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        render_signing_copy(copy_of(statement()), TEXT)


def test_a_reason_that_cannot_be_printed_is_refused() -> None:
    said = replace(STATEMENTS["a deputy"], reason_for_representation="\U0001f600")
    with pytest.raises(UnprintableText):
        render_signing_copy(copy_of(said), TEXT)
