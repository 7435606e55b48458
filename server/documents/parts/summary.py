"""One line below title and lead: by how many the text is signed, and the code to look it up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.documents.model import FinalText, Mark, SignatoryLine, municipalities_of
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, Columns, KeepTogether, Rule
from server.documents.typeset.paragraph import Span
from server.documents.typeset.styles import ACCENT, HAIRLINE, MEASURE, SUMMARY
from server.documents.typeset.text_box import natural_width, text_box
from server.documents.wording import (
    BY_SEVERAL,
    KIND_WORDS,
    LOOK_UP,
    SIGNED_BY,
    SIGNED_SO_FAR_BY,
    municipalities_word,
)
from server.documents.wording import SUMMARY as SECTION

_GAP: Final = 12.0
_PADDING: Final = 4.5


def summary_boxes(text: FinalText, document: Element) -> list[Box]:
    """Nothing without signatories. The structure stands before the text, which is a section of its own."""
    if not text.signatories:
        return []
    section = document.add("Sect", title=SECTION)
    pattern = SIGNED_SO_FAR_BY if Mark.DRAFT in text.marks else SIGNED_BY
    signed = Span(pattern.format(whom=whom(text.signatories)), SUMMARY.bold, SUMMARY.size, ACCENT)
    code = LOOK_UP.format(code=text.short_code) if text.short_code else ""
    right = natural_width(code, SUMMARY) + 0.1 if code else -_GAP
    columns = [(0.0, text_box([signed], SUMMARY, section.add("P"), MEASURE - right - _GAP))]
    if code:
        link = Span(code, SUMMARY.regular, SUMMARY.size, ACCENT, text.verify_url)
        columns.append((MEASURE - right, text_box([link], SUMMARY, section.add("P"), right)))
    lines = (Rule(MEASURE, 0.4, HAIRLINE), Columns(columns, before=_PADDING, after=_PADDING))
    return [KeepTogether([*lines, Rule(MEASURE, 0.4, HAIRLINE)], before=4, after=14)]


def whom(signatories: Sequence[SignatoryLine]) -> str:
    """„51 Städten und Gemeinden“, „5 Städten“, „einer Gemeinde“."""
    kinds = [town.kind for town in municipalities_of(signatories)]
    if len(kinds) == 1:
        return KIND_WORDS[kinds[0]].by_one
    return BY_SEVERAL.format(count=len(kinds), whom=municipalities_word(kinds, dative=True))
