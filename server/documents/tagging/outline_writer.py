"""The bookmarks."""

from __future__ import annotations

from collections.abc import Sequence

from pikepdf import Name, OutlineItem, Pdf, make_page_destination

from server.documents.tagging.tree import OutlineEntry


def write_outline(pdf: Pdf, entries: Sequence[OutlineEntry]) -> None:
    """Nests by level; the first level is 0."""
    with pdf.open_outline(max_depth=4) as outline:
        open_items: list[tuple[int, OutlineItem]] = []
        for entry in entries:
            target = make_page_destination(pdf, entry.page, "XYZ", left=0, top=round(entry.top + 8, 2))
            item = OutlineItem(entry.title, target)
            item.is_closed = entry.level > 0
            while open_items and open_items[-1][0] >= entry.level:
                open_items.pop()
            (open_items[-1][1].children if open_items else outline.root).append(item)
            open_items.append((entry.level, item))
    pdf.Root.PageMode = Name.UseOutlines
