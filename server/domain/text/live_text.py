"""The text while it is written: blocks whose runs may carry comments and suggestions.

`server.sync.projection` reads `LiveBlock`s from the CRDT; `client/src/editor/text/schema.ts` makes the same
JSON in the browser. `fix_content` turns them into the `Content` of a revision and refuses what a
revision cannot hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from server.domain.text.content import LEVELS, LINK_SCHEMES, UNSEEN, Block, BlockKind, Content, Run
from server.domain.text.errors import EmptyText, OpenSuggestions, UnknownMarkup
from server.domain.text.numbering import number_clauses

Value = str | bool
PLAIN_MARKS = frozenset({"strong", "em", "link"})
COMMENT = "comment:"
SUGGESTED = ("ins:", "del:", "kind:", "format:")
"""Keys of suggestions: inserted, deleted, and proposed: on a block's end a kind, on letters a format."""
NAMING = ("kind:", "format:")
"""Those whose value begins with what is proposed: "clause:1|person|…", "strong=1|person|…"."""
FORMATS = ("strong=1", "strong=", "em=1", "em=")
"""Formats that can be proposed, and their ends; besides them "link=ADDRESS" and "link="."""
EXCERPT = 60
"""Letters of a block that name it."""


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
    for number, block in enumerate(blocks, 1):
        if block.unknown:
            raise UnknownMarkup(names=sorted(block.unknown), **_place(number, block))
    if suggestions := open_suggestions(blocks):
        number, block = next(each for each in enumerate(blocks, 1) if open_suggestions(each[1:]))
        raise OpenSuggestions(count=len(suggestions), **_place(number, block))
    if not any(run.text.strip() for block in blocks for run in block.runs):
        raise EmptyText()
    last = max(i for i, block in enumerate(blocks) if block.runs)
    kept = blocks[: last + 1]  # empty paragraphs at the very end are nobody's text
    numbers = number_clauses(b.level if b.kind == "clause" else None for b in kept)
    return Content(
        tuple(_fix(block, n, number) for n, (block, number) in enumerate(zip(kept, numbers, strict=True), 1))
    )


def beginning(words: str) -> str:
    """The first words of a block, by which people find it."""
    words = " ".join(words.split())
    return words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"


def _place(number: int, block: LiveBlock) -> dict[str, object]:
    """Where in the text, for an error: `block` counts from 1."""
    return {"block": number, "words": beginning("".join(run.text for run in block.runs))}


def open_suggestions(blocks: Sequence[LiveBlock]) -> frozenset[str]:
    keys = [key for block in blocks for key in block.suggested]
    keys += [key for block in blocks for run in block.runs for key in run.marks if key.startswith(SUGGESTED)]
    return frozenset(key.split(":", 1)[1] for key in keys)


def _fix(block: LiveBlock, at: int, number: str | None) -> Block:
    if block.kind not in LEVELS or block.level not in LEVELS[block.kind]:
        raise UnknownMarkup(names=[f"{block.kind}:{block.level}"], **_place(at, block))
    runs: list[Run] = []
    for live in block.runs:
        if strange := _strange(live):
            raise UnknownMarkup(names=strange, **_place(at, block))
        run = _run(live)
        if runs and (runs[-1].strong, runs[-1].em, runs[-1].link) == (run.strong, run.em, run.link):
            run = Run(runs.pop().text + run.text, run.strong, run.em, run.link)
        runs.append(run)
    return Block(cast("BlockKind", block.kind), block.level, tuple(runs), number)


def _strange(live: LiveRun) -> list[str]:
    """What a revision cannot hold of a run."""
    names = [key for key in live.marks if key not in PLAIN_MARKS and not key.startswith(COMMENT)]
    link = live.marks.get("link")
    return sorted(names) + ([f"link {link}"] if link is not None and not is_link(link) else [])


def _run(live: LiveRun) -> Run:
    link = live.marks.get("link")
    return Run(
        UNSEEN.sub("", live.text),
        live.marks.get("strong") is True,
        live.marks.get("em") is True,
        link if isinstance(link, str) and is_link(link) else None,
    )


def is_link(value: object) -> bool:
    """Whether a revision keeps it as an address."""
    return isinstance(value, str) and value.lower().startswith(LINK_SCHEMES)


def settled_blocks(blocks: Sequence[LiveBlock]) -> list[Block]:
    """The text without what is only proposed in it, and without what nobody knows: for another declaration
    to begin with."""
    return [
        Block(cast("BlockKind", block.kind), block.level, tuple(map(_run, filter(_stays, block.runs))))
        for block in _joined(blocks)
        if block.kind in LEVELS and block.level in LEVELS[block.kind]
    ]


def _joined(blocks: Sequence[LiveBlock]) -> list[LiveBlock]:
    """A block whose end is only proposed goes on in the next."""
    joined: list[LiveBlock] = []
    waiting: tuple[LiveRun, ...] = ()
    for block in blocks:
        runs = waiting + block.runs
        if any(key.startswith("ins:") for key in block.suggested):
            waiting = runs
            continue
        joined.append(LiveBlock(block.kind, block.level, runs, {}))
        waiting = ()
    return joined


def _stays(run: LiveRun) -> bool:
    return not any(key.startswith("ins:") for key in run.marks)
