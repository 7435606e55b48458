"""Tracked changes of an ODT stand apart from the text: a table at its beginning, places in the text.

Of an insertion the text holds where it begins and ends; of a deletion one place, and the table the words that
were taken out, as paragraphs: the first goes on where the place is, the last goes on behind it.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.documents.word.collector import Change
from server.documents.word.container import Element
from server.documents.word.docx.names import read_time
from server.documents.word.odt.names import NAMES, get, name_of, q

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


@dataclass(frozen=True, slots=True)
class Region:
    """`inserted`, `deleted`: by whom; both for what one put in and another struck out. `removed`: the
    paragraphs that were taken out. `is_format`: only the look has changed."""

    inserted: Change | None
    deleted: Change | None
    removed: tuple[Element, ...]
    is_format: bool


def read_regions(body: Element) -> dict[str, Region]:
    """By id."""
    table = body.find(q("text:tracked-changes"))
    found: dict[str, Region] = {}
    for region in () if table is None else table.findall(q("text:changed-region")):
        key = get(region, "text:id") or region.get(XML_ID) or ""
        inserted = region.find(q("text:insertion"))
        deleted = region.find(q("text:deletion"))
        found[key] = Region(
            None if inserted is None else _change("ins", inserted),
            None if deleted is None else _change("del", deleted),
            () if deleted is None else tuple(e for e in deleted if name_of(e) != "office:change-info"),
            inserted is None and deleted is None,
        )
    return found


def _change(kind: str, element: Element) -> Change:
    info = element.find(q("office:change-info"))
    author = "" if info is None else info.findtext(q("dc:creator"), "", NAMES)
    at = "" if info is None else info.findtext(q("dc:date"), "", NAMES)
    return Change("ins" if kind == "ins" else "del", author, read_time(at))
