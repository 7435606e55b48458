"""Words that are copied out of the file are whole, wherever a line ends."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from server.documents.model import FinalText
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.render import document_boxes, render_document
from server.documents.tagging.tree import Element
from server.documents.typeset.pages import paginate
from server.documents.typeset.text_box import TextBox
from server.domain.text.content import Content, Run
from tests.documents import document_examples as examples

COMPOUND = "Digitalisierungsvorhabenabstimmungsverfahren"


@pytest.fixture
def text() -> FinalText:
    """Paragraphs of which each begins elsewhere, so that lines end within words of every kind."""
    runs = (
        Run("Die ", em=True),
        Run(f"{COMPOUND} ", link=examples.LINK),
        Run("und Bürger\u00admeister\u00adinnen und ", strong=True),
        Run("frühzeitige Zusammenarbeits-, Verwaltungs- und Leistungsbeschreibungen. " * 5),
    )
    blocks = [examples.block("paragraph", 0, "Ab " * i, *runs) for i in range(1, 24)]
    return examples.final(Content(tuple(blocks)), ())


def divided(text: FinalText) -> int:
    boxes = document_boxes(text, Element("Document"))
    return sum(line.hyphen for box in boxes if isinstance(box, TextBox) for line in box.lines)


def copied_words(said: str) -> set[str]:
    """Without the punctuation at either end."""
    return {word.strip(".,:;–„“") for word in said.split()}


def test_a_divided_word_is_read_as_one(text: FinalText) -> None:
    assert divided(text) > 5
    pdf = render_document(text)
    said = " ".join(block.text for block in read_text(pdf))
    assert "\u00ad" not in said
    assert copied_words(said) >= {COMPOUND, "Bürgermeisterinnen", "Leistungsbeschreibungen"}
    assert compare_with_content(pdf, text.content) == []


def test_no_page_ends_within_a_word(text: FinalText) -> None:
    pages = paginate(document_boxes(text, Element("Document")))
    ends = [page.placed[-1][1] for page in pages]
    assert len(ends) > 2
    assert not any(box.lines[-1].hyphen for box in ends if isinstance(box, TextBox))


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_copies_whole_words(text: FinalText, tmp_path: Path) -> None:
    path = tmp_path / "text.pdf"
    path.write_bytes(render_document(text))
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "\u00ad" not in said
    wanted = copied_words(text.content.plain_text.replace("\u00ad", ""))
    body = re.sub(r"\s+", " ", said)
    assert wanted - {""} <= copied_words(body)
    assert not re.search(r"\w-\n", said.replace("Zusammenarbeits-", ""))
