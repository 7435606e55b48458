"""A text letter by letter, with the attributes and the place in bytes of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from secrets import randbits
from typing import NamedTuple

from pycrdt import Doc, Text

from server.domain.text.live_text import LiveBlock, Value
from server.sync.projection import EMBEDDED


class Unit(NamedTuple):
    """One letter, or the line feed that ends a block. `start` and `end`: where it stands in the live text, in
    UTF-8 bytes. `is_new`: it is only proposed."""

    letter: str
    marks: Mapping[str, Value]
    start: int = 0
    end: int = 0
    is_new: bool = False

    def has(self, name: str) -> bool:
        """Whether a proposal of that type (ins, del, kind) lies on it."""
        return any(key.startswith(f"{name}:") for key in self.marks)


def copy_of(doc: Doc[Text]) -> tuple[Doc[Text], bytes]:
    """With a client id of its own, as Yjs chooses them; and its state vector."""
    copy: Doc[Text] = Doc(client_id=randbits(32))
    copy.apply_update(doc.get_update())
    return copy, copy.get_state()


def end_last_block(text: Text) -> None:
    if not len(text) or not str(text).endswith("\n"):
        text.insert(len(text), "\n", {"b": "paragraph:0"})


def units_of(text: Text) -> Iterator[Unit]:
    """Of the live text."""
    at = 0
    for value, attributes in text.diff():
        marks = {key: mark for key, mark in (attributes or {}).items() if isinstance(mark, str | bool)}
        is_new = _is_new(marks)
        for letter in value if isinstance(value, str) else EMBEDDED:
            end = at + (1 if letter.isascii() or letter == EMBEDDED else len(letter.encode()))
            yield Unit(letter, marks, at, end, is_new)
            at = end


def units_in(blocks: Iterable[LiveBlock]) -> Iterator[Unit]:
    """Of a file."""
    for block in blocks:
        for run in block.runs:
            is_new = _is_new(run.marks)
            for letter in run.text:
                yield Unit(letter, run.marks, is_new=is_new)
        marks = {"b": f"{block.kind}:{block.level}", **block.suggested}
        yield Unit("\n", marks, is_new=_is_new(marks))


def _is_new(marks: Mapping[str, Value]) -> bool:
    return any(key.startswith("ins:") for key in marks)


def ends_of(text: Text) -> list[int]:
    """Where each block ends."""
    return [unit.end for unit in units_of(text) if unit.letter == "\n"]


def insert_blocks(text: Text, at: int, blocks: Sequence[LiveBlock]) -> None:
    for block in blocks:
        for run in block.runs:
            text.insert(at, run.text, dict(run.marks))
            at += len(run.text.encode())
        text.insert(at, "\n", {"b": f"{block.kind}:{block.level}", **block.suggested})
        at += 1
