"""What brings earlier words back into a live text, as one more change of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from secrets import randbits

from pycrdt import Doc, Text

from server.domain.text.checkpoints import settled
from server.domain.text.content import Block
from server.domain.text.live_text import LiveBlock
from server.sync.projection import TEXT, attributes_of, project


def passage_update(doc: Doc[Text], earlier: Sequence[LiveBlock], number: int) -> bytes | None:
    """Puts one block (counted from 0 in the settled text) where it stood: behind what stood before it, as far
    as that is still there. None: there is no such block."""
    blocks = settled(earlier)
    if not 0 <= number < len(blocks):
        return None
    copy, before = _copy(doc)
    text = copy.get(TEXT, type=Text)
    with copy.transaction():
        _end_last_block(text)
        ends = _ends(text)
        present = [block.runs for block in settled(project(copy))]
        at = _place([block.runs for block in blocks], number, present)
        _insert(text, ([0, *ends])[min(at, len(ends))], blocks[number : number + 1])
    return copy.get_update(before)


def whole_update(doc: Doc[Text], earlier: Sequence[LiveBlock]) -> bytes | None:
    """Makes the text what it was. Blocks that are the same stay, with what is being written in them. None: it
    is what it was."""
    copy, before = _copy(doc)
    text = copy.get(TEXT, type=Text)
    with copy.transaction():
        _end_last_block(text)
        present = project(copy)
        ends = [0, *_ends(text)]
        steps = SequenceMatcher(None, _keys(present), _keys(earlier), autojunk=False).get_opcodes()
        changes = [step for step in steps if step[0] != "equal"]
        for _, i, j, m, n in reversed(changes):
            _insert(text, ends[j], settled(earlier[m:n]))
            if j > i:
                del text[ends[i] : ends[j]]
    return copy.get_update(before) if changes else None


def _copy(doc: Doc[Text]) -> tuple[Doc[Text], bytes]:
    """With a client id of its own, as Yjs chooses them; and its state vector."""
    copy: Doc[Text] = Doc(client_id=randbits(32))
    copy.apply_update(doc.get_update())
    return copy, copy.get_state()


def _keys(blocks: Iterable[LiveBlock]) -> list[str]:
    return [str(block.to_json()) for block in blocks]


def _place(blocks: Sequence[object], number: int, present: Sequence[object]) -> int:
    """Before which block of the present text it goes."""
    for earlier in reversed(range(number)):
        if blocks[earlier] in present:
            return present.index(blocks[earlier]) + 1
    for later in range(number + 1, len(blocks)):
        if blocks[later] in present:
            return present.index(blocks[later])
    return len(present)


def _end_last_block(text: Text) -> None:
    if len(text) and not str(text).endswith("\n"):
        text.insert(len(text), "\n", {"b": "paragraph:0"})


def _ends(text: Text) -> list[int]:
    """Where each block ends, in UTF-8 bytes; an embedded object counts one."""
    ends, at = [], 0
    for value, _ in text.diff():
        if not isinstance(value, str):
            at += 1
            continue
        for part in re.split("(\n)", value):
            at += len(part.encode())
            if part == "\n":
                ends.append(at)
    return ends


def _insert(text: Text, at: int, blocks: Sequence[Block]) -> None:
    for block in blocks:
        for run in block.runs:
            text.insert(at, run.text, attributes_of(run))
            at += len(run.text.encode())
        text.insert(at, "\n", {"b": f"{block.kind}:{block.level}"})
        at += 1
