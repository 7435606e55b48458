"""Measures, sizes and colours. Lengths are points. One accent colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from server.documents.typeset.canvas import Colour
from server.documents.typeset.letters.faces import Style

MM: Final = 72 / 25.4
PAGE: Final = (210 * MM, 297 * MM)
LEFT: Final = 36 * MM
RIGHT: Final = 210 * MM - 27 * MM
MEASURE: Final = RIGHT - LEFT
TOP: Final = 297 * MM - 27 * MM
FIRST_TOP: Final = 297 * MM - 30 * MM
BOTTOM: Final = 29 * MM
HANG: Final = 10.5 * MM
"""How far numbers of level 1 hang into the left margin."""
WIDE: Final = MEASURE + HANG
"""From where numbers hang to the right margin: tables and all that follows the text."""
STEP: Final = 7 * MM
"""Indentation of each further level."""

INK: Final[Colour] = (0.09, 0.10, 0.12)
QUIET: Final[Colour] = (0.34, 0.37, 0.41)
ACCENT: Final[Colour] = (0.07, 0.27, 0.42)
HAIRLINE: Final[Colour] = (0.74, 0.77, 0.80)
WASH: Final[Colour] = (0.925, 0.935, 0.945)


@dataclass(frozen=True, slots=True)
class TextStyle:
    """The look of a paragraph: four cuts of a family, size, line height, space above and below."""

    regular: Style
    bold: Style
    italic: Style
    bold_italic: Style
    size: float
    leading: float
    before: float = 0.0
    after: float = 0.0
    colour: Colour = INK
    keep_next: bool = False
    hyphenated: bool = True
    displayed: bool = False

    @property
    def first_baseline(self) -> float:
        """How far below the upper edge of a paragraph."""
        return (self.leading + 0.72 * self.size) / 2

    def cut(self, *, strong: bool, em: bool) -> Style:
        if strong:
            return self.bold_italic if em else self.bold
        return self.italic if em else self.regular


def _serif(size: float, leading: float, **more: object) -> TextStyle:
    cuts = (Style.SERIF, Style.SERIF_BOLD, Style.SERIF_ITALIC, Style.SERIF_BOLD_ITALIC)
    return TextStyle(*cuts, size, leading, **more)  # type: ignore[arg-type]  # passed on by name


def _bold(size: float, leading: float, **more: object) -> TextStyle:
    cuts = (Style.SERIF_BOLD, Style.SERIF_BOLD, Style.SERIF_BOLD_ITALIC, Style.SERIF_BOLD_ITALIC)
    return TextStyle(*cuts, size, leading, keep_next=True, hyphenated=False, displayed=True, **more)  # type: ignore[arg-type]


def _sans(size: float, leading: float, **more: object) -> TextStyle:
    cuts = (Style.SANS, Style.SANS_BOLD, Style.SANS, Style.SANS_BOLD)
    return TextStyle(*cuts, size, leading, **more)  # type: ignore[arg-type]


def _sans_bold(size: float, leading: float, **more: object) -> TextStyle:
    cuts = (Style.SANS_BOLD,) * 4
    return TextStyle(*cuts, size, leading, hyphenated=False, displayed=True, **more)  # type: ignore[arg-type]


BODY: Final = _serif(10.5, 15.5, before=8, after=8)
ITEM: Final = _serif(10.5, 15.5, before=6, after=6)
BULLET: Final = _serif(10.5, 15.5, after=4)
QUOTE: Final = _serif(10.5, 15.5, before=12, after=12)
LEAD: Final = _serif(12.5, 18.5, after=14, colour=QUIET, hyphenated=False)
TITLE: Final = _bold(25, 32, after=14)
HEADINGS: Final = (
    _bold(17, 23, before=26, after=9),
    _bold(13.5, 19, before=22, after=7, colour=ACCENT),
    _bold(11, 15.5, before=16, after=5),
    _bold(9.5, 13.5, before=10, after=2),
)
STATEMENT: Final = _serif(9.5, 13.5, after=5)
EYEBROW: Final = _sans(8.5, 12, colour=QUIET)
EYEBROW_STRONG: Final = _sans(8.5, 12, colour=ACCENT)
NOTE: Final = _sans(8, 12, after=2, colour=QUIET)
SMALL: Final = _sans(8.5, 12.5)
HINT: Final = _sans(8.5, 12.5, hyphenated=False)
SMALL_QUIET: Final = _sans(8, 12, colour=QUIET)
CELL: Final = _serif(9.5, 12.5)
CELL_STRONG: Final = replace(_bold(9.5, 12.5), hyphenated=True)
"""Names: a word is divided only where a column is narrower than it."""
CELL_QUIET: Final = _sans(7.5, 10.5, colour=QUIET, hyphenated=False)
GROUP: Final = _sans_bold(8.5, 12, colour=ACCENT)
SUMMARY: Final = _sans(8.5, 12, hyphenated=False)
HEAD: Final = _sans(7.5, 10.5, colour=QUIET)
CODE: Final = _sans(15, 20, colour=ACCENT)
