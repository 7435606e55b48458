"""The text without the suggestions that wait for the next round: they stand in it, and count for nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from server.domain.text.live_text import SUGGESTED, LiveBlock, LiveRun, Value


def without(blocks: Sequence[LiveBlock], suggestions: Collection[str]) -> tuple[LiveBlock, ...]:
    """As if these suggestions (ids) had been rejected: what they insert is gone, what they delete stays."""
    if not suggestions:
        return tuple(blocks)
    found: list[LiveBlock] = []
    waiting: tuple[LiveRun, ...] = ()
    for block in blocks:
        runs = waiting + tuple(
            replace(run, marks=_rest(run.marks, suggestions))
            for run in block.runs
            if not _inserts(run.marks, suggestions)
        )
        if _inserts(block.suggested, suggestions):
            waiting = runs
            continue
        waiting = ()
        found.append(replace(block, runs=_joined(runs), suggested=_rest(block.suggested, suggestions)))
    if waiting and found:  # the text ends with a proposed line feed
        found[-1] = replace(found[-1], runs=_joined(found[-1].runs + waiting))
    return tuple(found)


def _inserts(marks: Mapping[str, Value], suggestions: Collection[str]) -> bool:
    return any(key.startswith("ins:") and key.partition(":")[2] in suggestions for key in marks)


def _rest(marks: Mapping[str, Value], suggestions: Collection[str]) -> dict[str, Value]:
    return {
        key: value
        for key, value in marks.items()
        if not (key.startswith(SUGGESTED) and key.partition(":")[2] in suggestions)
    }


def _joined(runs: Sequence[LiveRun]) -> tuple[LiveRun, ...]:
    """Neighbours with the same marks are one run, as the projection makes them."""
    found: list[LiveRun] = []
    for run in runs:
        if found and found[-1].marks == run.marks:
            found[-1] = LiveRun(found[-1].text + run.text, run.marks)
        else:
            found.append(run)
    return tuple(found)
