"""What the service writes at a passage: the mark of a comment, or other words proposed in somebody's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from secrets import randbits

from pycrdt import Doc, Text

from server.domain.text.live_text import COMMENT
from server.sync.attestation import Member
from server.sync.projection import TEXT, load_doc
from server.sync.room.checks.schema_check import name_of


def comment_update(updates: Iterable[bytes], passage: str, key: str) -> bytes | None:
    """Marks the block whose words are `passage`. None: there is none."""
    doc, begin = _open(updates, passage)
    if begin is None:
        return None
    before = doc.get_state()
    doc.get(TEXT, type=Text).format(begin, begin + _length(passage), {f"{COMMENT}{key}": True})
    return doc.get_update(before)


def rewording_update(
    updates: Iterable[bytes], member: Member, passage: str, words: str, at: datetime, key: str
) -> bytes | None:
    """Proposes `words` for the block whose words are `passage`, as far as they differ; `key` is the
    proposal's id. None: there is no such block, or nothing differs."""
    doc, begin = _open(updates, passage)
    head, old, new = narrowed(passage, words)
    if begin is None or not old + new or "\n" in new:
        return None
    before, text = doc.get_state(), doc.get(TEXT, type=Text)
    mark = f"{name_of(member)}|{int(at.timestamp())}"
    start = begin + _length(head)
    end = start + _length(old)
    with doc.transaction():
        if new:
            text.insert(end, new, {f"ins:{key}": mark})
        if old:
            text.format(start, end, {f"del:{key}": mark})
    return doc.get_update(before)


def narrowed(passage: str, words: str) -> tuple[str, str, str]:
    """What both begin with, and what stands there instead of what, in whole words."""
    old, new = (re.findall(r"\s+|[^\s]+", each) for each in (passage, words))
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = slice(head, len(old) - tail), slice(head, len(new) - tail)
    return "".join(old[:head]), "".join(old[middle[0]]), "".join(new[middle[1]])


def _open(updates: Iterable[bytes], passage: str) -> tuple[Doc[Text], int | None]:
    """A copy with a client id of its own, and where the block begins, in UTF-8 bytes."""
    doc: Doc[Text] = Doc(client_id=randbits(32))
    doc.apply_update(load_doc(updates).get_update())
    whole = f"\n{doc.get(TEXT, type=Text)}"
    start = whole.find(f"\n{passage}\n")
    if start < 0 or not passage or "\n" in passage:
        return doc, None
    return doc, _length(whole[1 : start + 1])


def _length(words: str) -> int:
    return len(words.encode())
