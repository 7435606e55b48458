"""What a text becomes when every proposal in it is accepted, and when every one is rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.domain.text.live_text import SUGGESTED, LiveBlock, LiveRun, Value


def decide(blocks: Sequence[LiveBlock], *, accept: bool) -> tuple[LiveBlock, ...]:
    """A block whose end goes continues in the next, whose kind it takes. Comments stay."""
    decided: list[LiveBlock] = []
    waiting: list[LiveRun] = []
    for block in blocks:
        for run in block.runs:
            if _stays(run.marks, accept):
                _add(waiting, LiveRun(run.text, _plain(run.marks)))
        if _stays(block.suggested, accept):
            kind, level = _kind(block, accept)
            decided.append(LiveBlock(kind, level, tuple(waiting), {}))
            waiting = []
    if waiting or not decided:
        decided.append(LiveBlock("paragraph", 0, tuple(waiting), {}))
    return tuple(decided)


def lines(blocks: Sequence[LiveBlock]) -> list[str]:
    """The letters of each block."""
    return ["".join(run.text for run in block.runs) for block in blocks]


def _stays(marks: Mapping[str, Value], accept: bool) -> bool:
    gone = "del:" if accept else "ins:"
    return not any(key.startswith(gone) for key in marks)


def _plain(marks: Mapping[str, Value]) -> dict[str, Value]:
    return {key: value for key, value in marks.items() if not key.startswith(SUGGESTED)}


def _add(runs: list[LiveRun], run: LiveRun) -> None:
    if runs and runs[-1].marks == run.marks:
        run = LiveRun(runs.pop().text + run.text, run.marks)
    runs.append(run)


def _kind(block: LiveBlock, accept: bool) -> tuple[str, int]:
    proposed = [value for key, value in block.suggested.items() if key.startswith("kind:")]
    if not accept or not proposed:
        return block.kind, block.level
    kind, _, level = str(proposed[0]).partition("|")[0].partition(":")
    return kind, int(level)
