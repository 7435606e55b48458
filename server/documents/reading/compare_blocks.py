"""Which blocks of two texts differ, and in what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, TypeVar

from server.documents.reading.structure_reader import ReadBlock
from server.domain.release.differences import Difference, DifferenceKind, shortened, words_apart

_T = TypeVar("_T")
_PROPERTIES: Final = (
    (DifferenceKind.KIND, "kind"),
    (DifferenceKind.LEVEL, "level"),
    (DifferenceKind.LABEL, "label"),
)


def compare_blocks(wanted: Sequence[ReadBlock], printed: Sequence[ReadBlock]) -> list[Difference]:
    """In the order of the text; `place` counts its blocks from 1, or those of the pages where the text has
    none. What is equal before and after is left out first, so that a block that is missing is one
    difference, not one in every block behind it."""
    return [_difference(place, one, other) for place, one, other in _unlike(wanted, printed)]


def compare_texts(kind: DifferenceKind, wanted: Sequence[str], printed: Sequence[str]) -> list[Difference]:
    """The same for plain paragraphs; nothing stands for one that is not there."""
    return [
        Difference(kind, place, *words_apart(one or "", other or ""))
        for place, one, other in _unlike(wanted, printed)
    ]


def _unlike(wanted: Sequence[_T], printed: Sequence[_T]) -> Iterator[tuple[str, _T | None, _T | None]]:
    before = _count_equal(len(wanted), len(printed), lambda i: wanted[i] == printed[i])
    rest = len(wanted) - before, len(printed) - before
    after = _count_equal(*rest, lambda i: wanted[-1 - i] == printed[-1 - i])
    pairs = zip_longest(wanted[before : len(wanted) - after], printed[before : len(printed) - after])
    return (
        (str(number), one, other) for number, (one, other) in enumerate(pairs, before + 1) if one != other
    )


def _count_equal(one: int, other: int, is_equal: Callable[[int], bool]) -> int:
    return next((i for i in range(min(one, other)) if not is_equal(i)), min(one, other))


def _difference(place: str, wanted: ReadBlock | None, printed: ReadBlock | None) -> Difference:
    if wanted is None or printed is None:
        kind = DifferenceKind.SURPLUS if wanted is None else DifferenceKind.ABSENT
        return Difference(
            kind, place, *(shortened(block.text) if block else "" for block in (wanted, printed))
        )
    if wanted.text != printed.text:
        return Difference(DifferenceKind.WORDS, place, *words_apart(wanted.text, printed.text))
    for kind, name in _PROPERTIES:
        given, there = str(getattr(wanted, name)), str(getattr(printed, name))
        if given != there:
            return Difference(kind, place, given, shortened(there))
    return Difference(DifferenceKind.LOOK, place)
