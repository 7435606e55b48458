"""The text while it is written: blocks whose runs may carry comments and suggestions.

`server.sync.projection` reads `LiveBlock`s from the CRDT; `client/src/editor/text/schema.ts` makes the same
JSON in the browser. `fix_content` turns them into the `Content` of a revision and refuses what a
revision cannot hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from server.domain.errors import EmptyText, OpenSuggestions, UnknownMarkup
from server.domain.text.content import LEVELS, LINK_SCHEMES, Block, BlockKind, Content, Run
from server.domain.text.numbering import number_clauses

Value = str | bool
PLAIN_MARKS = frozenset({"strong", "em", "link"})
COMMENT = "comment:"
SUGGESTED = ("ins:", "del:", "kind:")
"""Keys of suggestions: inserted, deleted, and (on a block's end) another kind proposed."""


@dataclass(frozen=True, slots=True)
class LiveRun:
    text: str
    marks: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class LiveBlock:
    """`suggested` are the suggestion keys on the block's closing line feed; `unknown` what nobody knows."""

    kind: str
    level: int
    runs: tuple[LiveRun, ...]
    suggested: Mapping[str, Value]
    unknown: frozenset[str] = frozenset()

    def to_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "level": self.level,
            "sug": dict(sorted(self.suggested.items())),
            "runs": [{"t": run.text, "m": dict(sorted(run.marks.items()))} for run in self.runs],
        }


def fix_content(blocks: Sequence[LiveBlock]) -> Content:
    """The text as a revision holds it: comments stay behind, everything else must be settled."""
    if unknown := sorted(set().union(*(block.unknown for block in blocks))):
        raise UnknownMarkup(names=unknown)
    if suggestions := open_suggestions(blocks):
        raise OpenSuggestions(count=len(suggestions))
    if not any(run.text.strip() for block in blocks for run in block.runs):
        raise EmptyText()
    last = max(i for i, block in enumerate(blocks) if block.runs)
    kept = blocks[: last + 1]  # empty paragraphs at the very end are nobody's text
    numbers = number_clauses(b.level if b.kind == "clause" else None for b in kept)
    return Content(tuple(_fix(block, number) for block, number in zip(kept, numbers, strict=True)))


def open_suggestions(blocks: Sequence[LiveBlock]) -> frozenset[str]:
    keys = [key for block in blocks for key in block.suggested]
    keys += [key for block in blocks for run in block.runs for key in run.marks if key.startswith(SUGGESTED)]
    return frozenset(key.split(":", 1)[1] for key in keys)


def _fix(block: LiveBlock, number: str | None) -> Block:
    if block.kind not in LEVELS or block.level not in LEVELS[block.kind]:
        raise UnknownMarkup(names=[f"{block.kind}:{block.level}"])
    runs: list[Run] = []
    for live in block.runs:
        run = _run(live)
        if runs and (runs[-1].strong, runs[-1].em, runs[-1].link) == (run.strong, run.em, run.link):
            run = Run(runs.pop().text + run.text, run.strong, run.em, run.link)
        runs.append(run)
    return Block(cast("BlockKind", block.kind), block.level, tuple(runs), number)


def _run(live: LiveRun) -> Run:
    if strange := sorted(k for k in live.marks if k not in PLAIN_MARKS and not k.startswith(COMMENT)):
        raise UnknownMarkup(names=strange)
    link = live.marks.get("link")
    if link is not None and not (isinstance(link, str) and link.lower().startswith(LINK_SCHEMES)):
        raise UnknownMarkup(names=[f"link {link}"])
    return Run(live.text, live.marks.get("strong") is True, live.marks.get("em") is True, link)
