"""The names on the pages against those of the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from server.documents.later.annex import render_annex
from server.documents.model import FinalText, SignatoryLine
from server.documents.reading.compare_signatories import compare_with_signatories
from server.documents.render import render_document
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level
from tests.documents import document_examples as examples
from tests.documents.parts.test_annex_pages import annex

Change = Callable[[SignatoryLine], SignatoryLine]
CHANGES: dict[str, Change] = {
    "name": lambda line: replace(line, name="Frank Fremd"),
    "title": lambda line: replace(line, title="Bürgermeisterstellvertreter"),
    "level": lambda line: replace(line, level=Level.PAPER),
    "time": lambda line: replace(line, at=line.at + timedelta(minutes=1)),
    "town": lambda line: replace(line, municipality=replace(line.municipality, name="Anderswo")),
    "i. V.": lambda line: replace(line, deputy=True, represents="Doris"),
    "reservation": lambda line: replace(line, answer=Answer.SUBJECT_TO_COUNCIL),
    "Protokollerklärung": lambda line: replace(
        line, answer=Answer.SIGNS_WITH_STATEMENT, statement="Aber nur vielleicht."
    ),
}


@pytest.mark.parametrize("count", [0, 1, 9, 51])
def test_what_was_rendered_is_what_is_read(count: int) -> None:
    text = examples.final(examples.starter(), examples.signatories(count))
    assert compare_with_signatories(render_document(text), text.signatories) == []


def test_an_annex_is_read_in_the_same_way() -> None:
    text = annex(9)
    assert compare_with_signatories(render_annex(text), text.signatories) == []


@pytest.mark.parametrize("name", CHANGES)
def test_every_other_fact_is_found(medium_text: FinalText, medium_pdf: bytes, name: str) -> None:
    first, *others = medium_text.signatories
    assert compare_with_signatories(medium_pdf, [CHANGES[name](first), *others])


def test_who_is_missing_or_too_many_or_in_another_place_is_found(
    medium_text: FinalText, medium_pdf: bytes
) -> None:
    lines = medium_text.signatories
    for others in (lines[1:], lines[:-1], (), (lines[1], lines[0], *lines[2:]), (*lines, lines[0])):
        assert compare_with_signatories(medium_pdf, others)
