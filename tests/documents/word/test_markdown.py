"""Markdown in and out: what we write is what we read, and what has no place is named."""

from __future__ import annotations

import pytest

from server.documents.word.markdown.writer import write_markdown
from server.documents.word.reading import read_file
from server.domain.text.checkpoints import settled_content
from server.domain.text.files.manuscript import LossKind
from server.domain.text.live_text import LiveBlock
from tests.documents.word.corpus import corpus

SECOND = "Zweite Zeile: 2 * 3 und ein_wort_mit_strichen."
SOURCE = """---
title: Entwurf
---
# Erklärung *der Region*

Ein Absatz, der
umbricht, mit **starken** Wörtern und einem [Link](https://example.org/a_b).\\
Zweite Zeile: 2 * 3 und ein_wort_mit_strichen.

7. Siebtens
8. Achtens
   1. darunter
- Strich
  - tiefer

> Wer wartet,
> verliert.

Unterstrichen
-------------

| a | b |
|---|---|
| c | d |

![Wappen](wappen.png) Mit Note.[^1]

[^1]: Die Note.
"""


def shape(block: LiveBlock) -> tuple[str, int, str]:
    return block.kind, block.level, "".join(run.text for run in block.runs).strip()


def test_it_is_read() -> None:
    manuscript = read_file(SOURCE.encode())
    assert [shape(block) for block in manuscript.blocks] == [
        ("heading", 1, "Erklärung der Region"),
        (
            "paragraph",
            0,
            "Ein Absatz, der umbricht, mit starken Wörtern und einem Link.\u2028" + SECOND,
        ),
        ("clause", 1, "Siebtens"),
        ("clause", 1, "Achtens"),
        ("clause", 2, "darunter"),
        ("bullet", 1, "Strich"),
        ("bullet", 2, "tiefer"),
        ("quote", 0, "Wer wartet, verliert."),
        ("heading", 2, "Unterstrichen"),
        ("paragraph", 0, "Mit Note."),
    ]
    marks = {run.text: dict(run.marks) for block in manuscript.blocks for run in block.runs}
    assert marks["starken"] == {"strong": True}
    assert marks["der Region"] == {"em": True}
    assert marks["Link"] == {"link": "https://example.org/a_b"}
    assert {loss.kind for loss in manuscript.losses} == {LossKind.TABLE, LossKind.PICTURE, LossKind.FOOTNOTE}


@pytest.mark.parametrize(
    "name", [name for name in sorted(corpus()) if "signs" not in name and "kinds" not in name]
)
def test_what_is_written_is_read_again(name: str) -> None:
    """But for white space, and for points without one of a higher level above them: Markdown has neither."""
    content = settled_content(read_file(corpus()[name]).blocks)
    again = settled_content(read_file(write_markdown(content)).blocks)
    written = [block for block in content.blocks if block.text.strip()]
    assert [(b.kind, b.level, b.text.strip()) for b in again.blocks] == [
        (b.kind, b.level, b.text.strip()) for b in written
    ]


@pytest.mark.parametrize(
    "words", ["1. kein Punkt", "# keine Überschrift", "- kein Strich", "a_b * c [d] <e>"]
)
def test_signs_that_are_meant_stay_what_they_are(words: str) -> None:
    plain = read_file(f"Anfang\n\n{words}".encode())
    content = settled_content((LiveBlock("paragraph", 0, (plain.blocks[0].runs[0],), {}),))
    block = type(content.blocks[0])("paragraph", 0, (type(content.blocks[0].runs[0])(words),))
    again = read_file(write_markdown(type(content)((block,))))
    assert [shape(each) for each in again.blocks] == [("paragraph", 0, words)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_of_any_editor_is_read(encoding: str) -> None:
    data = "Übermut tut selten gut.\r\n\r\nZweiter Absatz – ja.".encode(encoding)
    assert [shape(block)[2] for block in read_file(data).blocks] == [
        "Übermut tut selten gut.",
        "Zweiter Absatz – ja.",
    ]
