"""The draft with line numbers: the page's lines are the counted lines, every fifth has its number."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest

from server.documents.model import FinalText, Mark
from server.documents.numbered import render_numbered
from server.domain.text.content import Block, Content, Run
from server.domain.text.lines import number_lines

AT = datetime(2027, 5, 12, 14, 0, tzinfo=UTC)
LONG = (
    "Wir treiben den Ausbau leistungsfähiger Netze in der Fläche voran und stimmen unsere Vorhaben ab. " * 6
)


def draft(content: Content, revision: int = 2) -> bytes:
    marks = frozenset({Mark.DRAFT})
    return render_numbered(
        FinalText(content, "Städte", revision, content.digest, AT, (), "", "", AT, marks=marks)
    )


@pytest.fixture(scope="module")
def content() -> Content:
    return Content(
        (
            Block("heading", 1, (Run("Erklärung"),)),
            Block("paragraph", 0, (Run(LONG.strip()),)),
            Block("clause", 1, (Run(LONG.strip()),), "1."),
            Block("clause", 2, (Run(LONG.strip(), strong=True),), "a)"),
            Block("paragraph", 0, (Run("MWMWMWMW " * 20),)),
        )
    )


def lines_of(pdf: bytes) -> list[str]:
    page = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    return [line.strip() for line in page.get_text_bounded().splitlines()]


def test_every_counted_line_is_a_line_of_the_page(content: Content) -> None:
    printed = lines_of(draft(content))
    starts = [line for line in number_lines(content) if line.block in (1, 2)]
    for line, after in pairwise(starts):
        if line.block == after.block:
            words = content.blocks[line.block].text[line.start : after.start].strip()
            assert any(words in each for each in printed), words


def test_every_fifth_line_has_its_number(content: Content) -> None:
    printed = " ".join(lines_of(draft(content))).split()
    last = len(number_lines(content))
    assert last > 25
    for number in range(5, 25, 5):
        assert str(number) in printed
    assert "7" not in printed


def test_a_text_that_is_not_fixed_says_so(content: Content) -> None:
    with pikepdf.open(io.BytesIO(draft(content, 0))) as pdf:
        assert "Arbeitsstand vom 12. Mai 2027" in str(pdf.docinfo["/Subject"])


def test_the_same_text_gives_the_same_bytes(content: Content) -> None:
    assert draft(content) == draft(content)
