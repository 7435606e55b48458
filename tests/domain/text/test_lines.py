"""Line numbers are counted in characters, as in `client/test/lines.test.ts`, which reads the same table."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.text.content import Block, Content, Run
from server.domain.text.lines import LINE_LENGTH, line_starts, number_lines

TABLE = json.loads(Path(__file__).with_name("lines.json").read_text("utf-8"))


def cut(text: str, length: int) -> list[str]:
    starts = line_starts(text, length)
    return [text[a:b] for a, b in pairwise([*starts, len(text)])]


@pytest.mark.parametrize("row", TABLE, ids=[row["what"] for row in TABLE])
def test_the_table(row: dict[str, object]) -> None:
    assert cut(str(row["text"]), int(str(row["length"]))) == row["lines"]


def test_numbers_run_through_the_text_and_leave_out_what_is_empty() -> None:
    long = "Wort " * 40
    texts = ("Titel", "", long, "Ende")
    content = Content(tuple(Block("paragraph", 0, (Run(text),)) for text in texts))
    lines = number_lines(content)
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    assert [line.block for line in lines] == [0, 2, 2, 2, 3]
    assert lines[2].start == 70


@given(st.text("abc -–/\u00a0\u2028äe\u0301👍🏽", max_size=200))
def test_no_line_is_too_long_and_no_letter_is_lost(text: str) -> None:
    lines = cut(text, 20)
    assert "".join(lines) == (text if text.strip() else "")
    for line in lines:
        seen = line.rstrip(" \u2028").replace("\u0301", "").replace("🏽", "")
        assert len(seen) <= 20


def test_the_length_is_near_the_width_of_paper() -> None:
    assert 68 <= LINE_LENGTH <= 80
