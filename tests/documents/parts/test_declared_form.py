"""The form of a declaration: by how many it is signed, place and day, what a draft says, the empty seal."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest

from server.documents.model import FinalText, Mark
from server.documents.parts.seal_box import seal_lines
from server.documents.parts.verification_block import verification_boxes
from server.documents.reading.read_back import read_text
from server.documents.render import render_document
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, Columns, KeepTogether
from server.documents.typeset.text_box import TextBox
from server.domain.people.municipalities import MunicipalityKind
from tests.documents import document_examples as examples


def said(text: FinalText) -> list[str]:
    return [block.text for block in read_text(render_document(text))]


def of_kind(*kinds: MunicipalityKind) -> FinalText:
    lines = zip(examples.signatories(len(kinds)), kinds, strict=True)
    rows = (replace(line, municipality=replace(line.municipality, kind=kind)) for line, kind in lines)
    return examples.final(examples.starter(), tuple(rows))


TOWN, VILLAGE = MunicipalityKind.STADT, MunicipalityKind.GEMEINDE
DISTRICT, UNION = MunicipalityKind.LANDKREIS, MunicipalityKind.VERBAND


@pytest.mark.parametrize(
    ("kinds", "signed", "formula"),
    [
        ((TOWN,), "einer Stadt", "Für die unterzeichnende Stadt"),
        ((VILLAGE,), "einer Gemeinde", "Für die unterzeichnende Gemeinde"),
        ((TOWN, TOWN), "2 Städten", "Für die unterzeichnenden Städte"),
        ((VILLAGE, VILLAGE), "2 Gemeinden", "Für die unterzeichnenden Gemeinden"),
        ((TOWN, VILLAGE), "2 Städten und Gemeinden", "Für die unterzeichnenden Städte und Gemeinden"),
        ((DISTRICT,), "einem Landkreis", "Für den unterzeichnenden Landkreis"),
        ((UNION,), "einem Verband", "Für den unterzeichnenden Verband"),
        (
            (TOWN, VILLAGE, DISTRICT),
            "3 Städten, Gemeinden und Landkreisen",
            "Für die unterzeichnenden Städte, Gemeinden und Landkreise",
        ),
    ],
)
def test_it_says_by_whom_it_is_signed(kinds: tuple[MunicipalityKind, ...], signed: str, formula: str) -> None:
    texts = said(of_kind(*kinds))
    assert f"Mitgezeichnet von {signed}" in texts
    assert "Prüfcode 7Q4K-9M2P" in texts
    assert formula in texts


@pytest.mark.parametrize(
    ("place", "day", "printed"),
    [
        ("Offenburg", date(2027, 6, 18), "Offenburg, den 18.\u00a0Juni 2027"),
        ("Offenburg", None, "Offenburg"),
        ("", date(2027, 6, 18), "Am 18.\u00a0Juni 2027"),
    ],
)
def test_place_and_day_stand_above_the_closing_formula(place: str, day: date | None, printed: str) -> None:
    texts = said(replace(examples.small(), place=place, day=day))
    assert texts[texts.index(printed) + 1] == "Für die unterzeichnende Stadt"


def test_without_signatories_nothing_is_closed_and_nothing_counted() -> None:
    text = replace(examples.small(), signatories=(), place="Offenburg")
    assert not [t for t in said(text) if t.startswith(("Mitgezeichnet", "Für die unter", "Offenburg"))]


def test_a_draft_says_so_behind_every_page_and_counts_who_signed_so_far() -> None:
    text = replace(examples.large(), marks=frozenset({Mark.DRAFT}))
    with pikepdf.open(io.BytesIO(render_document(text))) as pdf:
        contents = [page.Contents.read_bytes() for page in pdf.pages]
    assert all(content.count(b"/Subtype /Watermark") == 1 for content in contents)
    assert "Bisher mitgezeichnet von 51 Städten und Gemeinden" in said(text)


def test_a_final_document_has_no_watermark() -> None:
    with pikepdf.open(io.BytesIO(render_document(examples.large()))) as pdf:
        assert not any(b"/Watermark" in page.Contents.read_bytes() for page in pdf.pages)


def test_the_field_of_the_seal_names_the_issuer_and_is_not_empty_before_the_seal() -> None:
    with pikepdf.open(io.BytesIO(render_document(examples.small()))) as pdf:
        [field] = [field for field in pdf.Root.AcroForm.Fields if field.T == "Siegel"]
        assert str(field.TU) == "Elektronisches Siegel: Digitalkonferenz Ortenau, Geschäftsstelle"
        assert b"TJ" in field.AP.N.read_bytes()


@pytest.mark.parametrize(
    ("holder", "printed"),
    [
        ("Stadt Offenburg", ["Stadt Offenburg"]),
        ("TEST Kraftakt, Kraftakt", ["TEST Kraftakt"]),
        (
            "Geschäftsstelle der Ortenauer Erklärung, Stadt Offenburg",
            ["Geschäftsstelle der Ortenauer Erklärung,", "Stadt Offenburg"],
        ),
    ],
)
def test_the_seal_says_what_it_is_who_seals_and_when(holder: str, printed: list[str]) -> None:
    lines = seal_lines(holder, datetime(2027, 6, 17, 16, 24, tzinfo=UTC), is_test=False)
    assert lines == ["Elektronisches Siegel", *printed, "17.06.2027, 18:24 Uhr"]


@pytest.mark.parametrize("chapters", range(8))
def test_the_digest_stands_in_two_lines_of_eight_groups(chapters: int) -> None:
    text = examples.final(examples.every_construct(chapters), examples.signatories(1))
    [block] = verification_boxes(text, Element("Document"))
    [digest] = [box for box in paragraphs(block) if box.paragraph.text.replace(" ", "") == text.digest]
    assert [len(digest.paragraph.text[line.begin : line.end].split()) for line in digest.lines] == [8, 8]


def paragraphs(box: Box) -> Iterator[TextBox]:
    if isinstance(box, TextBox):
        yield box
    inner = box.boxes if isinstance(box, KeepTogether) else ()
    beside = [one for _, one in box.columns] if isinstance(box, Columns) else []
    for one in (*inner, *beside):
        yield from paragraphs(one)
