"""Reads text and attachments back out of a final document, without trusting it.

What is read is what a screen reader or an archive's text extraction gets: structure order, ToUnicode,
ActualText. So the signed text can be compared with the printed one block for block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from server.documents.parts.content_story import label_text
from server.documents.reading.compare_blocks import compare_blocks
from server.documents.reading.page_text import read_pages
from server.documents.reading.safe_streams import open_pdf
from server.documents.reading.structure_reader import ReadBlock, StructureReader, merged
from server.documents.tagging.addresses import ascii_address
from server.documents.typeset.letters.characters import SOFT_HYPHEN
from server.documents.wording import TEXT
from server.domain.release.differences import Difference
from server.domain.text.content import Content, Run
from server.domain.text.nesting import LISTS, heading_levels, nest

MAX_ATTACHMENTS: Final = 100
MAX_NAME_NODES: Final = 500


def read_text(pdf: bytes) -> tuple[ReadBlock, ...]:
    """Every block in structure order. Raises ValueError for what is no PDF or has no structure."""
    with open_pdf(pdf) as opened:
        pieces, _ = read_pages(opened)
        return tuple(StructureReader(opened, pieces).blocks())


def compare_with_content(pdf: bytes, content: Content, section: str = TEXT) -> list[Difference]:
    """Where the document says otherwise than the text; empty means identical, block for block: order, kind,
    level, label, letters, emphasis, links. `section` is the title of the part that is compared. Raises
    ValueError for what is no PDF or has no structure.

    Soft hyphens are ignored: they only say where a word may be divided. In headings, which are bold
    anyway, `strong` has no picture and is not compared.
    """
    printed = [replace(_plain(block), section=TEXT) for block in read_text(pdf) if block.section == section]
    wanted = [_plain(block) for block in _expected(content)]
    return compare_blocks(wanted, printed)


def _expected(content: Content) -> Iterator[ReadBlock]:
    places = zip(content.blocks, heading_levels(content.blocks), nest(content.blocks), strict=True)
    for block, level, place in places:
        if block.kind in LISTS:
            yield ReadBlock(TEXT, "item", place.depth, label_text(block), block.runs)
        elif block.kind == "heading":
            yield ReadBlock(TEXT, "heading", level, "", block.runs)
        else:
            yield ReadBlock(TEXT, "quote" if block.kind == "quote" else "paragraph", 0, "", block.runs)


def _plain(block: ReadBlock) -> ReadBlock:
    return replace(block, runs=merged(_plain_run(run, heading=block.kind == "heading") for run in block.runs))


def _plain_run(run: Run, *, heading: bool) -> Run:
    link = ascii_address(run.link) if run.link else None
    return Run(run.text.replace(SOFT_HYPHEN, ""), run.strong and not heading, run.em, link)
