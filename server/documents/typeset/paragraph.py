"""Text as one row of atoms with its possible line ends, before it is broken into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from server.documents.typeset.canvas import Colour
from server.documents.typeset.hyphenation import hyphenation_points
from server.documents.typeset.letters.characters import (
    BREAKING_SPACES,
    SOFT_HYPHEN,
    STAND_INS,
    ZERO_WIDTH_SPACE,
)
from server.documents.typeset.letters.faces import Style
from server.documents.typeset.letters.shaping import Atom, shape_space, shape_word
from server.domain.text.content import HARD_BREAK

FORCED: Final = -1.0
"""The cost of a line end that must be taken."""

_PIECE: Final = re.compile(f"([ {''.join(STAND_INS)}])")
_TOGETHER: Final = re.compile(
    r"(?:§|\b(?:Art\.|Nr\.|Abs\.|Satz|\d+\.|z\.|d\.|u\.|i\.)) (?=\w)|\d (?=Uhr\b|%|€)"
)
_TOGETHER_DISPLAYED: Final = re.compile(f"„[^“]*“|{_TOGETHER.pattern}")
"""Spaces at which a line should not end: § 54, 18. Juni, z. B."""
_AFTER: Final = re.compile(r"(?<=\w\w)[-/–](?=\w\w)")
_ADDRESS: Final = re.compile(r"\w+://\S+|\S+@\S+")
_IN_ADDRESS: Final = re.compile(r"[/.?&=#@_-](?=\w)")


class Span(NamedTuple):
    """Text in one look. `link` is an address or empty."""

    text: str
    style: Style
    size: float
    colour: Colour
    link: str = ""


class Break(NamedTuple):
    """A line may end before atom `at`; `hyphen` draws one there."""

    at: int
    cost: float
    hyphen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Paragraph:
    """`reach[i]` is the width in points of all atoms before atom i; `spans[i]` the look of atom i."""

    atoms: Sequence[Atom]
    spans: Sequence[Span]
    reach: Sequence[float]
    hyphenated: bool
    displayed: bool = False
    """A heading: lines are divided by sense and need not be full."""

    @property
    def text(self) -> str:
        return "".join(atom.source for atom in self.atoms)


def set_paragraph(spans: Sequence[Span], *, hyphenated: bool = True, displayed: bool = False) -> Paragraph:
    """Shapes the spans one after the other."""
    atoms: list[Atom] = []
    looks: list[Span] = []
    for span in spans:
        shaped = [atom for piece in _PIECE.split(span.text) if piece for atom in _shape(span.style, piece)]
        atoms += shaped
        looks += [span] * len(shaped)
    widths = (atom.width * look.size / 1000 for atom, look in zip(atoms, looks, strict=True))
    return Paragraph(atoms, looks, list(accumulate(widths, initial=0.0)), hyphenated, displayed)


def _shape(style: Style, piece: str) -> tuple[Atom, ...]:
    if piece == " " or piece in STAND_INS:
        return (shape_space(style, piece),)
    return shape_word(style, piece)


def line_ends(paragraph: Paragraph, measure: float) -> list[Break]:
    """Every place where a line may end, in order; the last is the end of the text. A word is divided only
    where it is wider than the line: not every viewer gives back a divided word as one (decision 0019)."""
    costs: dict[int, tuple[float, bool]] = {}
    text = paragraph.text
    index = atom_index(paragraph)
    together = _TOGETHER_DISPLAYED if paragraph.displayed else _TOGETHER
    found = [*_spaces(text, together), *_marks(text)]
    for at, cost, hyphen in found:
        if at in index and (index[at] not in costs or cost < costs[index[at]][0]):
            costs[index[at]] = (cost, hyphen)
    last = len(paragraph.atoms)
    for begin, end in list(_too_wide(paragraph, sorted(costs), measure)):
        for at in _hyphens(paragraph, index, begin, end):
            costs.setdefault(at, (250.0, True))
        for at in range(begin + 1, end):
            costs.setdefault(at, (4000.0, False))
    costs.pop(0, None)
    costs.pop(last, None)
    return [*(Break(at, *costs[at]) for at in sorted(costs)), Break(last, FORCED, hyphen=False)]


def atom_index(paragraph: Paragraph) -> dict[int, int]:
    """From places in the text to atoms; places within an atom are missing."""
    starts = accumulate((len(atom.source) for atom in paragraph.atoms), initial=0)
    return {start: i for i, start in enumerate(starts)}


def _spaces(text: str, together: re.Pattern[str]) -> Iterator[Break]:
    kept = {at for match in together.finditer(text) for at in range(*match.span())}
    for i, character in enumerate(text):
        if character == HARD_BREAK:
            yield Break(i + 1, FORCED, hyphen=False)
        elif character in BREAKING_SPACES and text[i + 1 : i + 2] not in BREAKING_SPACES:
            yield Break(i + 1, 2000.0 if i in kept else 0.0, hyphen=False)


def _marks(text: str) -> Iterator[Break]:
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for begin, end in addresses:
        for match in _IN_ADDRESS.finditer(text, begin, end):
            yield Break(match.end(), 150.0, hyphen=False)
    for match in _AFTER.finditer(text):
        yield Break(match.end(), 60.0, hyphen=False)
    for i, character in enumerate(text):
        if character == ZERO_WIDTH_SPACE:
            yield Break(i + 1, 0.0, hyphen=False)
        elif character == SOFT_HYPHEN:
            yield Break(i + 1, 2000.0, hyphen=True)


def _too_wide(paragraph: Paragraph, ends: Sequence[int], measure: float) -> Iterator[tuple[int, int]]:
    """Stretches of atoms that are wider than a line and cannot be divided otherwise."""
    edges = [0, *ends, len(paragraph.atoms)]
    hyphen = 0.4 * max((span.size for span in paragraph.spans), default=0.0)
    for begin, end in pairwise(edges):
        if paragraph.reach[end] - paragraph.reach[begin] > measure - hyphen:
            yield begin, end


def _hyphens(paragraph: Paragraph, index: Mapping[int, int], begin: int, end: int) -> Iterator[int]:
    """Atoms within the stretch before which a word may be divided; never in an address."""
    if not paragraph.hyphenated:
        return
    text = paragraph.text
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for point in hyphenation_points(text):
        inside = any(first <= point < last for first, last in addresses)
        if not inside and begin < index.get(point, begin) < end:
            yield index[point]
