"""A file's text in place of the live one."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from pycrdt import Doc, Text

from server.domain.text.live_text import LiveBlock
from server.sync.importing.units import copy_of, end_last_block, ends_of, insert_blocks
from server.sync.projection import TEXT, project


def replacing_update(doc: Doc[Text], blocks: Sequence[LiveBlock]) -> bytes | None:
    """Makes the text these blocks, tracked changes included. What is the same stays, with whoever wrote it
    and writes in it. None: it is the same."""
    copy, before = copy_of(doc)
    text = copy.get(TEXT, type=Text)
    with copy.transaction():
        end_last_block(text)
        ends = [0, *ends_of(text)]
        present = project(copy)
        steps = SequenceMatcher(None, _keys(present), _keys(blocks), autojunk=False).get_opcodes()
        changes = [step for step in steps if step[0] != "equal"]
        for _, i, j, m, n in reversed(changes):
            insert_blocks(text, ends[j], blocks[m:n])
            if j > i:
                del text[ends[i] : ends[j]]
    return copy.get_update(before) if changes else None


def _keys(blocks: Sequence[LiveBlock]) -> list[str]:
    return [str(block.to_json()) for block in blocks]
