"""Words that are copied out of the file are whole in every viewer, wherever a line ends."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from server.documents.model import FinalText
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.render import document_boxes, render_document
from server.documents.tagging.tree import Element
from server.documents.typeset.pages import paginate
from server.documents.typeset.text_box import TextBox
from server.domain.text.content import Content, Run
from tests.documents import document_examples as examples

CLIENT = Path(__file__).parents[3] / "client"
PDF_JS = CLIENT / "node_modules" / "pdfjs-dist"
COMPOUND = "Digitalisierungsvorhabenabstimmungsverfahren"
WIDER_THAN_A_LINE = "Digitalisierungsvorhabenabstimmungsverfahrens" * 3


def final(*runs: str | Run) -> FinalText:
    """Paragraphs of which each begins elsewhere, so that lines end within words of every kind."""
    blocks = [examples.block("paragraph", 0, "Ab " * i, *runs) for i in range(1, 24)]
    return examples.final(Content(tuple(blocks)), ())


@pytest.fixture
def text() -> FinalText:
    return final(
        Run("Die ", em=True),
        Run(f"{COMPOUND} ", link=examples.LINK),
        Run("und Bürger\u00admeister\u00adinnen und ", strong=True),
        Run("frühzeitige Zusammenarbeits-, Verwaltungs- und Leistungsbeschreibungen. " * 5),
    )


def divided(text: FinalText) -> int:
    boxes = document_boxes(text, Element("Document"))
    return sum(line.hyphen for box in boxes if isinstance(box, TextBox) for line in box.lines)


def copied_words(said: str) -> set[str]:
    """Without the punctuation at either end."""
    return {word.strip(".,:;–„“") for word in said.split()}


def test_no_word_is_divided_that_fits_on_a_line(text: FinalText) -> None:
    assert divided(text) == 0
    assert divided(examples.final(examples.every_construct(), examples.signatories(51))) == 0


def test_a_word_that_must_be_divided_is_read_as_one() -> None:
    text = final(f"Das {WIDER_THAN_A_LINE} und mehr. ")
    assert divided(text) > 5
    pdf = render_document(text)
    said = " ".join(block.text for block in read_text(pdf))
    assert "\u00ad" not in said
    assert copied_words(said) >= {WIDER_THAN_A_LINE}
    assert compare_with_content(pdf, text.content) == []


def test_no_page_ends_within_a_word() -> None:
    text = final(f"Das {WIDER_THAN_A_LINE} und mehr. " * 4)
    pages = paginate(document_boxes(text, Element("Document")))
    ends = [page.placed[-1][1] for page in pages]
    assert len(ends) > 2
    assert not any(box.lines[-1].hyphen for box in ends if isinstance(box, TextBox))


def by_poppler(pdf: Path) -> str:
    return subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout


def by_pdfium(pdf: Path) -> str:
    """Chromium's viewer."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in opened)
    finally:
        opened.close()


def by_pdf_js(pdf: Path) -> str:
    """Firefox's viewer."""
    command = [CLIENT / "node.sh", "node", Path(__file__).with_name("pdfjs_text.mjs"), CLIENT, pdf]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


VIEWERS = [
    pytest.param(
        by_poppler, marks=pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
    ),
    pytest.param(by_pdfium),
    pytest.param(
        by_pdf_js, marks=pytest.mark.skipif(not PDF_JS.exists(), reason="pdfjs-dist is not installed")
    ),
]


@pytest.mark.parametrize("read", VIEWERS)
def test_each_viewer_copies_whole_words(text: FinalText, tmp_path: Path, read: Callable[[Path], str]) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(render_document(text))
    said = read(path)
    assert "\u00ad" not in said
    wanted = copied_words(text.content.plain_text.replace("\u00ad", ""))
    assert wanted - {""} <= copied_words(said)
    assert not re.search(r"\w-\r?\n", re.sub("(Zusammenarbeits|Verwaltungs)-", "", said))


@pytest.mark.parametrize("read", VIEWERS)
def test_each_viewer_copies_the_whole_declaration(tmp_path: Path, read: Callable[[Path], str]) -> None:
    text = examples.final(examples.every_construct(), examples.signatories(51))
    path = tmp_path / "text.pdf"
    path.write_bytes(render_document(text))
    assert copied_words(text.content.plain_text) - {"", "1.", "2."} <= copied_words(read(path)) | {"•"}
