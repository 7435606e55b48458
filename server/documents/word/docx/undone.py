"""What is proposed to come and to go at once, where WordprocessingML has no way to say so.

The end of a paragraph holds one tracked change only, and programs forget a deletion in an insertion of the
same person. Accepted or rejected, it is gone: so it is not written at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.domain.text.files.manuscript import author_of
from server.domain.text.live_text import LiveBlock, LiveRun, Value


def without_undone(blocks: Sequence[LiveBlock]) -> list[LiveBlock]:
    """A block whose end is left out goes on in the next."""
    kept: list[LiveBlock] = []
    waiting: tuple[LiveRun, ...] = ()
    for block in blocks:
        runs = waiting + tuple(run for run in block.runs if not _is_one_persons(run.marks))
        if {"ins", "del"} <= _types(block.suggested) and block is not blocks[-1]:
            waiting = runs
            continue
        kept.append(LiveBlock(block.kind, block.level, runs, block.suggested))
        waiting = ()
    return kept


def _is_one_persons(marks: Mapping[str, Value]) -> bool:
    """Put in and struck out by the same."""
    ins = {author_of(value)[0] for key, value in marks.items() if key.startswith("ins:")}
    gone = {author_of(value)[0] for key, value in marks.items() if key.startswith("del:")}
    return bool(ins & gone)


def _types(marks: Mapping[str, Value]) -> set[str]:
    return {key.partition(":")[0] for key in marks}
