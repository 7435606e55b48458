"""PDF/A-3a, PDF/UA-1 and our own rules, from the smallest declaration to the largest."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.documents.model import FinalText, Mark
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.render import render_document
from server.domain.sign_offs.answers import Answer
from server.domain.text.content import Content
from tests.documents import document_examples as examples
from tests.documents.document_conformance import faults

TEXTS = {
    "the starter text with one signatory": examples.small(),
    "every construct with 51 signatories": examples.large(),
    "a text without a title": examples.final(
        Content((examples.block("paragraph", 0, "Ein Satz."),)), examples.signatories(2)
    ),
    "headings that skip levels": examples.final(
        Content(
            (
                examples.block("heading", 3, "Tief"),
                examples.block("heading", 1, "Hoch"),
                examples.block("heading", 3, "Wieder tief"),
            )
        ),
        examples.signatories(3),
        Mark.DRAFT,
    ),
    "empty blocks": examples.final(
        examples.numbered(
            [
                examples.block("heading", 1),
                examples.block("clause", 1),
                examples.block("bullet", 3),
                examples.block("paragraph", 0),
                examples.block("quote", 0, "Ende"),
            ]
        ),
        (),
    ),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_document_conforms_and_says_what_was_signed(text: FinalText) -> None:
    pdf = render_document(text, examples.files(text))
    assert faults(pdf) == []
    assert compare_with_content(pdf, text.content) == []


def test_a_document_without_attachments_conforms() -> None:
    assert faults(render_document(examples.small())) == []


def test_the_marks_are_said_in_words() -> None:
    said = [
        block.text
        for block in read_text(
            render_document(
                examples.final(examples.starter(), examples.signatories(1), Mark.DRAFT, Mark.TEST)
            )
        )
    ]
    assert any(text.startswith("Entwurf:") for text in said)
    assert any(text.startswith("Test:") for text in said)


def test_a_document_without_marks_mentions_none() -> None:
    said = [block.text for block in read_text(render_document(examples.small()))]
    assert not any(text.startswith(("Entwurf", "Test:")) for text in said)


def test_a_digest_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="digest"):
        render_document(replace(examples.small(), digest="0" * 64))


def test_a_municipality_that_declines_is_refused() -> None:
    text = examples.small()
    declined = replace(text.signatories[0], answer=Answer.DECLINES)
    with pytest.raises(ValueError, match="declines"):
        render_document(replace(text, signatories=(declined,)))
