"""The annex of those who joined later: it conforms and says what it belongs to."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from server.documents.later.annex import AnnexText, annex_content, render_annex
from server.documents.model import Mark
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.wording import ANNEX
from server.domain.release.accessions import Annex, SealedText
from server.domain.text.errors import UnprintableText
from tests.documents import document_examples as examples
from tests.documents.document_conformance import faults

TITLE = "Ortenauer Erklärung „Digital. Gemeinsam. Vor Ort.“"


def annex(count: int, title: str = TITLE) -> AnnexText:
    lines = examples.signatories(count)
    digest = examples.starter().digest
    sealed = SealedText(
        "ortenau", title, 3, digest, examples.AT, "7Q4K-9M2P-C3DX", examples.AT + timedelta(days=1)
    )
    return AnnexText(
        annex=Annex(1, sealed, tuple(line.municipality.ags for line in lines)),
        issuer="Städte und Gemeinden im Ortenaukreis",
        signatories=lines,
        short_code="C3DX-0000-1111",
        verify_url="https://erklaerung.example.org/v/C3DX-0000-1111",
        created=examples.AT + timedelta(days=40),
        marks=frozenset({Mark.TEST}),
    )


@pytest.mark.parametrize("count", [1, 2, 51])
def test_an_annex_conforms_and_names_the_sealed_declaration(count: int) -> None:
    text = annex(count)
    pdf = render_annex(text, examples.files(examples.small()))
    assert faults(pdf) == []
    assert compare_with_content(pdf, annex_content(text.annex), ANNEX) == []
    said = "\n".join(block.text for block in read_text(pdf))
    assert TITLE in said
    assert "3 vom 16. Juni 2027" in said.replace("\u00a0", " ")
    assert "7Q4K-9M2P-C3DX" in said
    assert ("Beigetretene Kommune" if count == 1 else "Beigetretene Städte und Gemeinden") in said
    assert "Mitzeichnende" not in said


def test_the_annex_of_one_municipality_is_one_page() -> None:
    with pikepdf.open(io.BytesIO(render_annex(annex(1)))) as pdf:
        assert len(pdf.pages) == 1


def test_the_same_annex_is_the_same_bytes() -> None:
    assert render_annex(annex(3)) == render_annex(annex(3))


def test_signatories_of_another_annex_are_refused() -> None:
    text = annex(2)
    with pytest.raises(ValueError, match="signatories"):
        render_annex(replace(text, signatories=text.signatories[:1]))


def test_a_title_that_cannot_be_printed_is_refused() -> None:
    with pytest.raises(UnprintableText):
        render_annex(annex(1, "\U0001f600"))


def test_what_the_pages_say_otherwise_is_found() -> None:
    text = annex(1)
    other = replace(text.annex, sealed=replace(text.annex.sealed, short_code="7Q4K-9M2P-C3DY"))
    assert compare_with_content(render_annex(text), annex_content(other), ANNEX)
