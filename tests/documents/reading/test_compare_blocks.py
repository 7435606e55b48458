"""Which blocks differ is said once for each, with its number and both readings."""

from __future__ import annotations

from dataclasses import replace

from server.documents.reading.compare_blocks import compare_blocks, compare_texts
from server.documents.reading.structure_reader import ReadBlock
from server.domain.release.differences import Difference, DifferenceKind
from server.domain.text.content import Run

TEXT = tuple(
    ReadBlock("", "paragraph", 0, "", (Run(f"Die Städte fordern {count} Millionen Euro."),))
    for count in ("zehn", "zwölf", "zwanzig", "hundert")
)


def block(text: str) -> ReadBlock:
    return replace(TEXT[0], runs=(Run(text),))


def test_equal_texts_have_none() -> None:
    assert compare_blocks(TEXT, TEXT) == []
    assert compare_blocks((), ()) == []


def test_words_are_quoted_from_the_one_that_differs() -> None:
    printed = (TEXT[0], block("Die Städte fordern zwei Millionen Euro."), *TEXT[2:])
    assert compare_blocks(TEXT, printed) == [
        Difference(DifferenceKind.WORDS, "2", "zwölf Millionen Euro.", "zwei Millionen Euro.")
    ]


def test_a_block_that_is_missing_is_one_difference() -> None:
    assert compare_blocks(TEXT, TEXT[:1] + TEXT[2:]) == [Difference(DifferenceKind.ABSENT, "2", TEXT[1].text)]
    assert compare_blocks(TEXT, TEXT[:-1]) == [Difference(DifferenceKind.ABSENT, "4", TEXT[3].text)]


def test_a_block_too_many_is_one_difference() -> None:
    added = block("Und nichts davon gilt.")
    assert compare_blocks(TEXT, (*TEXT[:2], added, *TEXT[2:])) == [
        Difference(DifferenceKind.SURPLUS, "3", "", added.text)
    ]


def test_two_places_are_two_differences() -> None:
    printed = (replace(TEXT[0], kind="heading", level=2), *TEXT[1:3], replace(TEXT[3], label="7."))
    assert compare_blocks(TEXT, printed) == [
        Difference(DifferenceKind.KIND, "1", "paragraph", "heading"),
        Difference(DifferenceKind.LABEL, "4", "", "7."),
    ]


def test_what_a_stranger_wrote_is_quoted_in_part() -> None:
    (found,) = compare_blocks(TEXT[:1], (block("x" * 100_000),))
    assert len(found.printed) < 100


def test_names_are_compared_in_the_same_way() -> None:
    kind = DifferenceKind.SIGNATORY
    assert compare_texts(kind, ("Lahr", "Offenburg"), ("Lahr",)) == [Difference(kind, "2", "Offenburg", "")]
    assert compare_texts(kind, ("Doris Dahlie",), ("Doris Distel",)) == [
        Difference(kind, "1", "Dahlie", "Distel")
    ]
