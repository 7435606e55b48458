"""Takes out of a live text what no revision can keep, so that every text can be fixed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from secrets import randbits

from pycrdt import Doc, Text

from server.domain.text.content import UNSEEN
from server.domain.text.live_text import is_link
from server.sync.projection import TEXT, is_known, load_doc

_CUTS = re.compile(f"(\n|{UNSEEN.pattern})")


def cleaning_update(updates: Iterable[bytes]) -> bytes | None:
    """What makes the text that these updates amount to one without unknown content; None: it has none.

    Embedded objects and letters that nobody sees go, attributes that nobody knows are taken off, a block of
    an unknown kind becomes a paragraph. Words, marks, comments and proposals stay.
    """
    doc: Doc[Text] = Doc(client_id=randbits(32))
    doc.apply_update(load_doc(updates).get_update())
    before, text = doc.get_state(), doc.get(TEXT, type=Text)
    steps = list(_steps(text))
    if not steps:
        return None
    with doc.transaction():
        for start, end, change in reversed(steps):
            if change is None:
                del text[start:end]
            else:
                text.format(start, end, dict(change))
    return doc.get_update(before)


Step = tuple[int, int, Mapping[str, object] | None]
"""From, to (UTF-8 bytes) and the attributes to be set; None: it goes."""


def _steps(text: Text) -> Iterator[Step]:
    at = 0
    for value, attributes in text.diff():
        if not isinstance(value, str):
            yield at, at + 1, None
            at += 1
            continue
        for part in _CUTS.split(value):
            end = at + len(part.encode())
            if UNSEEN.fullmatch(part):
                yield at, end, None
            elif part and (change := _repairs(part, attributes or {})):
                yield at, end, change
            at = end


def _repairs(part: str, attributes: Mapping[str, object]) -> dict[str, object]:
    """The attributes of letters, or of a line feed, that have to change."""
    return {
        key: "paragraph:0" if key == "b" else None
        for key, value in attributes.items()
        if not is_known(part, key, value) or (key == "link" and part != "\n" and not is_link(value))
    }
