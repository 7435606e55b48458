"""Place, day and closing formula between the text and those who sign it."""

from __future__ import annotations

from server.documents.model import FinalText, municipalities_of
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.styles import BODY, MEASURE
from server.documents.typeset.text_box import plain_box
from server.documents.wording import (
    CLOSING,
    FORMULA,
    FORMULA_OF_SEVERAL,
    KIND_WORDS,
    ON_DAY,
    PLACE_AND_DAY,
    german_date,
    municipalities_word,
)


def closing_boxes(text: FinalText, document: Element) -> list[Box]:
    """Nothing without signatories; no place and no day where they are not known."""
    if not text.signatories:
        return []
    section = document.add("Sect", title=CLOSING)
    boxes = [plain_box(words, BODY, section.add("P"), MEASURE) for words in closing_texts(text)]
    for box in boxes:
        box.keep_next = True
    boxes[0].before = 22
    return [*boxes]


def closing_texts(text: FinalText) -> list[str]:
    """Everything that the section says, paragraph by paragraph; empty where nobody signed."""
    if not text.signatories:
        return []
    return [words for words in (_place_and_day(text), _formula(text)) if words]


def _formula(text: FinalText) -> str:
    kinds = [town.kind for town in municipalities_of(text.signatories)]
    if len(kinds) == 1:
        return FORMULA.format(whom=KIND_WORDS[kinds[0]].for_one)
    return FORMULA_OF_SEVERAL.format(whom=municipalities_word(kinds))


def _place_and_day(text: FinalText) -> str:
    if text.day is None:
        return text.place
    day = german_date(text.day)
    return PLACE_AND_DAY.format(place=text.place, day=day) if text.place else ON_DAY.format(day=day)
