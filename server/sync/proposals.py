"""What the service writes in somebody's name: other words in place of some, at once or as a proposal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from secrets import randbits, token_hex

from pycrdt import Doc, Text

from server.sync.attestation import Member
from server.sync.projection import TEXT, load_doc
from server.sync.room.checks.schema_check import name_of


def proposal_update(
    updates: Iterable[bytes], member: Member, passage: str, words: str, at: datetime
) -> bytes | None:
    """What proposes `words` in place of the first `passage` of the text that these updates amount to; empty
    words propose to delete it. None: the passage does not stand there within one block."""
    found = _find(updates, passage, words)
    if found is None:
        return None
    doc, begin, end = found
    before, text = doc.get_state(), doc.get(TEXT, type=Text)
    number, mark = token_hex(8), f"{name_of(member)}|{int(at.timestamp())}"
    with doc.transaction():
        if words:
            text.insert(end, words, {f"ins:{number}": mark})
        text.format(begin, end, {f"del:{number}": mark})
    return doc.get_update(before)


def replacement_update(updates: Iterable[bytes], passage: str, words: str) -> bytes | None:
    """What puts `words` in place of the first `passage`. None: it does not stand there within one block."""
    found = _find(updates, passage, words)
    if found is None:
        return None
    doc, begin, end = found
    before, text = doc.get_state(), doc.get(TEXT, type=Text)
    with doc.transaction():
        text.insert(end, words, {})
        del text[begin:end]
    return doc.get_update(before)


def _find(updates: Iterable[bytes], passage: str, words: str) -> tuple[Doc[Text], int, int] | None:
    """The text as these updates amount to, and where the passage stands in it, in bytes of UTF-8."""
    doc: Doc[Text] = Doc(client_id=randbits(32))
    doc.apply_update(load_doc(updates).get_update())
    text = str(doc.get(TEXT, type=Text))
    start = text.find(passage)
    if start < 0 or not passage or "\n" in passage + words:
        return None
    begin = len(text[:start].encode())
    return doc, begin, begin + len(passage.encode())
