"""Zwischenstände: the text as it stood, kept by hand and by the hour: no deletion takes anything away."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, cast

from server.domain.text.content import BLOCK_KINDS, OBJECT, UNSEEN, Block, BlockKind, Content, Run
from server.domain.text.live_text import SUGGESTED, LiveBlock, LiveRun, is_link
from server.domain.text.numbering import number_clauses

HOURLY_FOR: Final = timedelta(days=7)
"""After that one day keeps two: its last state and its longest."""
EMBEDDED: Final = OBJECT
TOMBSTONE: Final = "[Aus dem Verlauf entfernt]"
"""Stands where a passage was taken out of a kept state, in the language of the texts."""


class CheckpointKind(StrEnum):
    """Why a state was kept."""

    HOUR = "hour"
    BEFORE_DELETION = "deletion"
    BEFORE_COMPACTION = "compaction"
    BEFORE_BRINGING_BACK = "bringing_back"
    BEFORE_IMPORT = "import"
    NAMED = "named"
    """By somebody, with a name; at a moment that was kept already, that state gets the name."""


@dataclass(frozen=True, slots=True)
class State:
    """`position`: of the log's last update that is in it."""

    blocks: tuple[LiveBlock, ...]
    position: int

    @property
    def letters(self) -> int:
        return sum(len(run.text) for block in self.blocks for run in block.runs)


@dataclass(frozen=True, slots=True)
class CheckpointHead:
    """`size`: bytes on disk. `name` is empty for what was kept by itself. `took_part`: keys of the
    municipalities that wrote since the one before, "" for the coordination. `scrubbed_at`: when a passage was
    last taken out of it."""

    id: int
    kind: CheckpointKind
    made_at: datetime
    position: int
    letters: int
    size: int
    name: str = ""
    took_part: tuple[str, ...] = ()
    scrubbed_at: datetime | None = None


def encode_state(state: State) -> bytes:
    """Compressed JSON of the blocks, proposals and comments included."""
    blocks = [block.to_json() for block in state.blocks]
    return zlib.compress(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def decode_blocks(data: bytes) -> tuple[LiveBlock, ...]:
    """Of our own store."""
    return tuple(
        LiveBlock(
            block["kind"],
            block["level"],
            tuple(LiveRun(run["t"], run["m"]) for run in block["runs"]),
            block["sug"],
        )
        for block in json.loads(zlib.decompress(data))
    )


def settled(blocks: Iterable[LiveBlock]) -> tuple[Block, ...]:
    """The text without what was merely proposed: words to be inserted stay out, words to be deleted stay."""
    found: list[Block] = []
    open_runs: list[Run] = []
    for block in blocks:
        open_runs += [_run(run) for run in block.runs if not _is_inserted(run.marks)]
        if not _is_inserted(block.suggested):
            found.append(_block(block, open_runs))
            open_runs = []
    if open_runs:
        found.append(Block("paragraph", 0, tuple(_joined(open_runs))))
    return tuple(found)


def settled_content(blocks: Iterable[LiveBlock]) -> Content:
    """The same with its clauses numbered, to be read and compared."""
    plain = settled(blocks)
    numbers = number_clauses(block.level if block.kind == "clause" else None for block in plain)
    numbered = zip(plain, numbers, strict=True)
    return Content(tuple(Block(block.kind, block.level, block.runs, number) for block, number in numbered))


def count_proposals(blocks: Iterable[LiveBlock]) -> int:
    keys = {key for block in blocks for marks in _marks(block) for key in marks if key.startswith(SUGGESTED)}
    return len({key.split(":", 1)[1] for key in keys})


def is_tombstone(block: Block) -> bool:
    return block.text == TOMBSTONE


def words_of(block: LiveBlock) -> str:
    """All there is, proposed or not, white space as one space."""
    return " ".join("".join(run.text for run in block.runs).split())


def scrubbed(blocks: Iterable[LiveBlock], words: str) -> tuple[LiveBlock, ...] | None:
    """With a tombstone for each block that holds the words. None: there is none."""
    before = tuple(blocks)
    tomb = LiveBlock("paragraph", 0, (LiveRun(TOMBSTONE, {}),), {})
    after = tuple(tomb if words in words_of(block) else block for block in before)
    return None if after == before else after


def live_blocks(content: Content) -> tuple[LiveBlock, ...]:
    """A fixed text in the shape of a kept one."""
    return tuple(LiveBlock(b.kind, b.level, tuple(map(_live_run, b.runs)), {}) for b in content.blocks)


def _live_run(run: Run) -> LiveRun:
    marks: dict[str, str | bool] = {name: True for name in ("em", "strong") if getattr(run, name)}
    return LiveRun(run.text, marks | ({"link": run.link} if run.link is not None else {}))


def _marks(block: LiveBlock) -> list[Iterable[str]]:
    return [block.suggested, *(run.marks for run in block.runs)]


def _is_inserted(marks: Iterable[str]) -> bool:
    return any(key.startswith("ins:") for key in marks)


def _run(live: LiveRun) -> Run:
    link = live.marks.get("link")
    return Run(
        UNSEEN.sub("", live.text),
        live.marks.get("strong") is True,
        live.marks.get("em") is True,
        link if isinstance(link, str) and is_link(link) else None,
    )


def _block(live: LiveBlock, runs: Sequence[Run]) -> Block:
    """A kind that the text does not know becomes a paragraph: what is brought back can be fixed."""
    if live.kind not in BLOCK_KINDS:
        return Block("paragraph", 0, tuple(_joined(runs)))
    return Block(cast("BlockKind", live.kind), live.level, tuple(_joined(runs)))


def _joined(runs: Sequence[Run]) -> list[Run]:
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = found[-1] if found else None
        if last and (last.strong, last.em, last.link) == (run.strong, run.em, run.link):
            found[-1] = Run(last.text + run.text, run.strong, run.em, run.link)
        else:
            found.append(run)
    return found


def to_be_dropped(heads: Iterable[CheckpointHead], now: datetime) -> list[int]:
    """Ids of those without a name that are older than a week and neither their day's last nor its longest."""
    by_day: dict[str, list[CheckpointHead]] = {}
    for head in heads:
        if head.made_at < now - HOURLY_FOR and not head.name:
            by_day.setdefault(f"{head.made_at:%Y-%m-%d}", []).append(head)
    dropped: list[int] = []
    for day in by_day.values():
        last = max(day, key=lambda head: (head.made_at, head.id))
        longest = max(day, key=lambda head: (head.letters, head.id))
        dropped += [head.id for head in day if head not in (last, longest)]
    return dropped
