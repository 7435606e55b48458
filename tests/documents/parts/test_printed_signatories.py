"""Who stands behind the text, how and when, in plain words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from server.documents.model import SignatoryLine
from server.documents.reading.read_back import read_text
from server.documents.render import render_document
from server.documents.wording import ANSWERS, german_time
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level
from tests.documents import document_examples as examples


def said(*lines: SignatoryLine) -> list[str]:
    pdf = render_document(examples.final(examples.starter(), lines))
    return [block.text for block in read_text(pdf)]


@pytest.fixture
def anna() -> SignatoryLine:
    return examples.signatories(1)[0]


@pytest.mark.parametrize(
    ("level", "word"),
    [
        (Level.PASSKEY, "Passkey"),
        (Level.EMAIL_CODE, "E-Mail-Code"),
        (Level.PAPER, "Papier"),
        (Level.PDF_SIGNATURE, "elektronische Signatur"),
    ],
)
def test_the_level_is_printed_and_explained(anna: SignatoryLine, level: Level, word: str) -> None:
    texts = said(replace(anna, level=level))
    assert any(text.startswith("Nachweis der Mitzeichnung:") and f" {word} " in text for text in texts)
    assert any(text.lower().startswith(word.lower() + ": ") for text in texts)


def test_a_deputy_signs_in_somebodys_place(anna: SignatoryLine) -> None:
    texts = said(replace(anna, name="Ben Beispiel", deputy=True, represents="Doris Beispiel"))
    assert "i.\u00a0V. Ben Beispiel" in texts
    assert "in Vertretung für Doris Beispiel" in texts


@pytest.mark.parametrize(
    ("at", "printed"),
    [
        (datetime(2027, 6, 16, 22, 5, tzinfo=UTC), "17.06.2027, 0:05\u00a0Uhr"),
        (datetime(2027, 1, 16, 22, 5, tzinfo=UTC), "16.01.2027, 23:05\u00a0Uhr"),
    ],
)
def test_times_are_those_of_germany(anna: SignatoryLine, at: datetime, printed: str) -> None:
    assert any(text.endswith(printed) for text in said(replace(anna, at=at)))


def test_a_time_without_a_zone_is_refused(anna: SignatoryLine) -> None:
    with pytest.raises(ValueError, match="zone"):
        said(replace(anna, at=anna.at.replace(tzinfo=None)))


def test_an_empty_statement_is_said_to_be_empty(anna: SignatoryLine) -> None:
    texts = said(replace(anna, answer=Answer.SIGNS_WITH_STATEMENT, statement=" \n "))
    assert "Ein Wortlaut der Protokollerklärung wurde nicht übermittelt." in texts
    assert "mit Protokollerklärung\u00a0(1)" in texts


def test_a_statement_keeps_its_paragraphs(anna: SignatoryLine) -> None:
    texts = said(replace(anna, answer=Answer.SIGNS_WITH_STATEMENT, statement="Erstens.\n\nZweitens."))
    at = texts.index("(1) Stadt Achern")
    assert texts[at + 1 : at + 3] == ["Erstens.", "Zweitens."]


def test_a_council_reservation_names_the_day(anna: SignatoryLine) -> None:
    texts = said(replace(anna, answer=Answer.SUBJECT_TO_COUNCIL, council_date="2027-07-14"))
    assert any("Gemeinderats (Sitzung am 14.\u00a0Juli 2027)" in text for text in texts)
    assert "unter Gremienvorbehalt\u00a0(1)" in texts


def test_without_statements_there_is_no_annex(anna: SignatoryLine) -> None:
    assert "Protokollerklärungen und Vorbehalte" not in said(anna)


def test_statements_are_numbered_in_the_order_of_the_rows_and_stand_after_them(anna: SignatoryLine) -> None:
    lines = examples.signatories(5)
    given = [replace(line, statement="Ja.", answer=Answer.SIGNS_WITH_STATEMENT) for line in lines[1::2]]
    texts = said(lines[0], given[0], lines[2], given[1], anna)
    references = [text for text in texts if text.startswith("mit Protokollerklärung")]
    assert references == ["mit Protokollerklärung\u00a0(1)", "mit Protokollerklärung\u00a0(2)"]
    titles = [f"({i}) Stadt {line.municipality.name}" for i, line in enumerate(given, 1)]
    assert [text for text in texts if text.startswith("(")] == titles
    assert texts.index(references[-1]) < texts.index(titles[0])


def test_ways_that_are_all_alike_are_one_line(anna: SignatoryLine) -> None:
    lines = [replace(line, level=Level.PASSKEY, at=anna.at) for line in examples.signatories(51)]
    line = f"Nachweis der Mitzeichnung: Passkey · alle 51 · {german_time(anna.at)}"
    assert line in said(*lines)


def test_of_several_ways_the_most_frequent_names_nobody(anna: SignatoryLine) -> None:
    lines = [replace(line, level=Level.PASSKEY, at=anna.at) for line in examples.signatories(12)]
    lines[3:5] = [replace(line, level=Level.PAPER) for line in lines[3:5]]
    texts = said(*lines)
    assert "10: alle hier nicht genannten" in texts
    assert f"2: {lines[3].municipality.name}, {lines[4].municipality.name}" in texts


def test_the_groups_stand_in_their_order() -> None:
    texts = said(*examples.signatories())
    groups = [text for text in texts if text in ("Große Kreisstädte", "Städte", "Gemeinden")]
    assert groups == ["Große Kreisstädte", "Städte", "Gemeinden"]


def test_the_digest_stands_in_groups_of_four() -> None:
    digest = examples.starter().digest
    assert " ".join(digest[i : i + 4] for i in range(0, 64, 4)) in said()


@pytest.mark.parametrize("answer", Answer)
def test_an_answer_that_supports_the_text_is_printed_with_its_note_and_any_other_is_refused(
    anna: SignatoryLine, answer: Answer
) -> None:
    line = replace(anna, answer=answer)
    if not answer.supports:
        with pytest.raises(ValueError, match="no signatory"):
            said(line)
        return
    note = f"{ANSWERS[answer].note}\u00a0(1)" if answer.facts.has_annex else ""
    assert {line.name, note} - {""} <= set(said(line))


def test_two_who_sign_jointly_stand_below_each_other_and_are_one_municipality(anna: SignatoryLine) -> None:
    words = {"answer": Answer.SIGNS_WITH_STATEMENT, "statement": "Im Rahmen des Haushalts."}
    one = replace(anna, name="Edda Eibe", title="Hauptamtsleiterin", joint=True, **words)
    other = replace(one, name="Egon Esche", title="Kämmerer")
    texts = said(one, other)
    assert texts.count("gemeinsam vertretungsberechtigt") == 2
    assert texts.count("Im Rahmen des Haushalts.") == 1
    assert any("von einer Stadt" in text for text in texts)
    assert "Edda Eibe" in texts
    assert "Egon Esche" in texts


def test_a_council_reservation_names_body_and_file_number(anna: SignatoryLine) -> None:
    council = {"council_body": "Gemeinderat", "council_date": "2027-07-14", "council_reference": "022.31"}
    texts = said(replace(anna, answer=Answer.SUBJECT_TO_COUNCIL, **council))
    assert (
        "Die Mitzeichnung steht unter Gremienvorbehalt: Gemeinderat, Sitzung am 14.\u00a0Juli 2027, "
        "Aktenzeichen 022.31."
    ) in texts
