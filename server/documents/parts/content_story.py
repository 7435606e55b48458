"""The signed text: title, headings, clauses, bullets, quotations, block for block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box
from server.documents.typeset.paragraph import Paragraph, Span, set_paragraph
from server.documents.typeset.styles import (
    ACCENT,
    BODY,
    BULLET,
    HANG,
    HEADINGS,
    ITEM,
    LEAD,
    MEASURE,
    QUOTE,
    STEP,
    TITLE,
    TextStyle,
)
from server.documents.typeset.text_box import Label, text_box
from server.domain.text.content import Block, Content, Run, plain
from server.domain.text.nesting import LISTS, Place, heading_levels, nest

BULLETS: Final = ("•", "–", "·")
_LEAD_LENGTH: Final = 420
"""Characters that a single paragraph between title and first heading may have to be set as a lead."""
_LABEL_GAP: Final = 4.0
_DOUBLED: Final = 5.0
"""More room for labels like bb)."""


def content_boxes(content: Content, section: Element) -> list[Box]:
    """One box a block, in order; the structure goes below `section`."""
    story = _Story(section, has_lead=_has_lead(content.blocks), has_title=begins_with_title(content))
    levels, places = heading_levels(content.blocks), nest(content.blocks)
    blocks = zip(content.blocks, levels, places, strict=True)
    return [story.box(i, block, level, place) for i, (block, level, place) in enumerate(blocks)]


def begins_with_title(content: Content) -> bool:
    """The first block is a heading of level 1 with some text."""
    first = content.blocks[:1]
    return any(block.kind == "heading" and block.level == 1 and bool(block.text.strip()) for block in first)


def opening_length(content: Content) -> int:
    """How many blocks are title and lead."""
    if not begins_with_title(content):
        return 0
    return 2 if _has_lead(content.blocks) else 1


def spans_of(runs: Sequence[Run], style: TextStyle) -> list[Span]:
    return [
        Span(
            run.text,
            style.cut(strong=run.strong, em=run.em),
            style.size,
            ACCENT if run.link else style.colour,
            run.link or "",
        )
        for run in runs
    ]


def _has_lead(blocks: Sequence[Block]) -> bool:
    kinds = [block.kind for block in blocks[:3]]
    return kinds == ["heading", "paragraph", "heading"] and len(blocks[1].text) <= _LEAD_LENGTH


class _Story:
    """Keeps the lists that are open: `bodies[d]` is the list at depth d + 1 with its last item's body."""

    def __init__(self, section: Element, *, has_lead: bool, has_title: bool) -> None:
        self.section = section
        self.has_lead = has_lead
        self.has_title = has_title
        self.lists: list[tuple[Element, Element]] = []

    def box(self, index: int, block: Block, level: int, place: Place) -> Box:
        if block.kind in LISTS:
            return self._item(block, place)
        self.lists.clear()
        if block.kind == "heading":
            return self._heading(index, block, level)
        if block.kind == "quote":
            quote = self.section.add("BlockQuote").add("P")
            box = text_box(spans_of(block.runs, QUOTE), QUOTE, quote, MEASURE - STEP, indent=STEP)
            box.rail = True
            return box
        style = LEAD if index == 1 and self.has_lead and self.has_title else BODY
        return text_box(spans_of(block.runs, style), style, self.section.add("P"), MEASURE)

    def _heading(self, index: int, block: Block, level: int) -> Box:
        style = TITLE if index == 0 and self.has_title else HEADINGS[block.level - 1]
        title = " ".join(plain(block.text).split())
        outline = (level - 1, title) if title else None
        element = self.section.add(f"H{level}")
        return text_box(spans_of(block.runs, style), style, element, MEASURE, outline=outline)

    def _item(self, block: Block, place: Place) -> Box:
        item = self._list(block, place).add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        self.lists[place.depth - 1] = (self.lists[place.depth - 1][0], body)
        style = ITEM if block.kind == "clause" else BULLET
        indent, left = _indents(block)
        mark = Label(_label(block, style), label, left)
        indent = max(indent, left + mark.paragraph.reach[-1] + _LABEL_GAP)
        element = body.add("P")
        return text_box(spans_of(block.runs, style), style, element, MEASURE, indent=indent, label=mark)

    def _list(self, block: Block, place: Place) -> Element:
        del self.lists[place.depth :]
        if place.opens:
            del self.lists[place.depth - 1 :]
            parent = self.lists[-1][1] if self.lists else self.section
            numbering = "Decimal" if block.kind == "clause" and block.level == 1 else "LowerAlpha"
            kind = numbering if block.kind == "clause" else "Disc"
            opened = parent.add("L", attributes={"List": {"ListNumbering": kind}})
            self.lists.append((opened, opened))
        return self.lists[place.depth - 1][0]


def label_text(block: Block) -> str:
    """The printed label of a list item."""
    return block.number or "" if block.kind == "clause" else BULLETS[block.level - 1]


def _label(block: Block, style: TextStyle) -> Paragraph:
    bold = block.kind == "clause" and block.level == 1
    cut = style.bold if bold else style.regular
    return set_paragraph([Span(label_text(block), cut, style.size, ACCENT)], hyphenated=False)


def _indents(block: Block) -> tuple[float, float]:
    """Left edge of the text and of the label."""
    if block.kind == "clause":
        wider = _DOUBLED if block.level == 3 else 0.0
        return STEP * (block.level - 1) + wider, STEP * (block.level - 2) if block.level > 1 else -HANG
    return STEP * block.level - 2, STEP * (block.level - 1)
