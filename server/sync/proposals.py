"""A proposal made by the service in somebody's name: other words in place of some."""

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
    doc: Doc[Text] = Doc(client_id=randbits(32))
    doc.apply_update(load_doc(updates).get_update())
    before, text = doc.get_state(), doc.get(TEXT, type=Text)
    start = str(text).find(passage)
    if start < 0 or not passage or "\n" in passage + words:
        return None
    begin = len(str(text)[:start].encode())  # positions count UTF-8 bytes
    end = begin + len(passage.encode())
    number, mark = token_hex(8), f"{name_of(member)}|{int(at.timestamp())}"
    with doc.transaction():
        if words:
            text.insert(end, words, {f"ins:{number}": mark})
        text.format(begin, end, {f"del:{number}": mark})
    return doc.get_update(before)
