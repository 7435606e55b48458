"""What brings earlier words back into a live text, as one more change of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from secrets import randbits

from pycrdt import Doc, Text

from server.domain.text.checkpoints import is_tombstone, settled
from server.domain.text.content import Block
from server.domain.text.live_text import LiveBlock
from server.sync.projection import TEXT, attributes_of, project


def passage_update(
    doc: Doc[Text], earlier: Sequence[LiveBlock], number: int, instead: int | None = None
) -> bytes | None:
    """Puts one block (counted from 0 in the settled text) where it stood: behind what stood before it, as far
    as that is still there; or in the place of the present block `instead`, with what is proposed in that.
    None: there is no such block."""
    blocks = settled(earlier)
    if not 0 <= number < len(blocks) or is_tombstone(blocks[number]):
        return None
    copy, before = _copy(doc)
    text = copy.get(TEXT, type=Text)
    with copy.transaction():
        _end_last_block(text)
        live = project(copy)
        places = _settled_places(live, _ends(text))
        if instead is None:
            present = [block.runs for block in settled(live)]
            at = _place([block.runs for block in blocks], number, present)
            _insert(text, places[at][0] if at < len(places) else places[-1][1], [blocks[number]])
        elif not 0 <= instead < len(places):
            return None
        else:
            _replace(text, places[instead], blocks[number], live[_ends(text).index(places[instead][1])])
    return copy.get_update(before)


def _replace(text: Text, place: tuple[int, int], block: Block, last: LiveBlock) -> None:
    """The block keeps its closing line feed, that of `last`; what is proposed there is decided."""
    begin, end = place
    if end - 1 > begin:
        del text[begin : end - 1]
    at = begin
    for run in block.runs:
        text.insert(at, run.text, attributes_of(run))
        at += len(run.text.encode())
    decided = dict.fromkeys(last.suggested)
    text.format(at, at + 1, {**decided, "b": f"{block.kind}:{block.level}"})


def _settled_places(live: Sequence[LiveBlock], ends: Sequence[int]) -> list[tuple[int, int]]:
    """Where each block of the settled text begins and ends, in UTF-8 bytes: one whose end is only proposed
    goes on in the next."""
    places, begin = [], 0
    for block, end in zip(live, ends, strict=True):
        if any(key.startswith("ins:") for key in block.suggested):
            continue
        places.append((begin, end))
        begin = end
    return places or [(0, ends[-1])]


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
            _insert(text, ends[j], [block for block in settled(earlier[m:n]) if not is_tombstone(block)])
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
