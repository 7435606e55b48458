"""The sections of a live text: its headings, each under a name that stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pycrdt import Assoc, Doc, Text

from server.domain.text.live_text import LiveBlock
from server.domain.text.sections.sections import Section, words_digest
from server.sync.projection import TEXT, load_doc, project


def read_sections(updates: Iterable[bytes]) -> list[Section]:
    """Without the first heading of level 1, which is the text's title.

    A section's key is the id of the line feed that ends its heading, "client.clock": the heading keeps it
    when it is reworded, moved among others or changed in level. The browser's side is
    `client/src/editor/outline/keys.ts`.
    """
    doc = load_doc(updates)
    blocks = project(doc)
    starts = _headings(blocks)
    keys = _keys(doc, starts)
    ends = [*starts, len(blocks)][1:]
    return [
        Section(key, _words(blocks[start]), start + 1, words_digest(blocks[start:end]))
        for key, start, end in zip(keys, starts, ends, strict=True)
    ]


def _headings(blocks: Sequence[LiveBlock]) -> list[int]:
    found = [n for n, block in enumerate(blocks) if block.kind == "heading" and _words(block)]
    title = next((n for n in found if blocks[n].level == 1), None)
    return [n for n in found if n != title]


def _words(block: LiveBlock) -> str:
    return "".join(run.text for run in block.runs).strip()


def _keys(doc: Doc[Text], blocks: Sequence[int]) -> list[str]:
    """Of the line feeds that end these blocks."""
    text = doc.get(TEXT, type=Text)
    ends, at = list[int](), 0
    for line in str(text).split("\n"):
        at += len(line.encode())
        ends.append(at)
        at += 1
    return [_key(text, ends[block]) for block in blocks]


def _key(text: Text, at: int) -> str:
    item = text.sticky_index(at, Assoc.AFTER).to_json().get("item") or {}
    return f"{item.get('client', 0)}.{item.get('clock', 0)}"
