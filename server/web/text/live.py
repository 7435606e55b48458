"""The live text for the editor's page, in the elements that the editor itself makes of it: it can be read
before the script is there and without it, and nothing moves when the editor takes its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.domain.text.content import HARD_BREAK
from server.domain.text.live_text import COMMENT, LiveBlock, LiveRun, Value, is_link
from server.domain.text.numbering import number_clauses

_TAGS = {"heading": "h", "quote": "blockquote", "paragraph": "p"}


@dataclass(frozen=True, slots=True)
class ShownRun:
    """`lines`: between hard breaks. `tags`: of the elements around it, from the outside in."""

    lines: Sequence[str]
    tags: Sequence[str]
    link: str | None


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """`suggested`: what is proposed about its end, as in `client/src/editor/text/schema.ts`."""

    tag: str
    kind: str
    level: int
    number: str | None
    suggested: str
    runs: Sequence[ShownRun]


def show_live(blocks: Sequence[LiveBlock]) -> list[ShownBlock]:
    numbers = number_clauses(block.level if block.kind == "clause" else None for block in blocks)
    return [_block(block, number) for block, number in zip(blocks, numbers, strict=True)]


def _block(block: LiveBlock, number: str | None) -> ShownBlock:
    tag = _TAGS.get(block.kind, "div")
    names = {key.partition(":")[0]: None for key in block.suggested}
    return ShownBlock(
        f"h{block.level + 1}" if tag == "h" else tag,
        block.kind,
        block.level,
        number,
        " ".join(names),
        [_run(run) for run in block.runs],
    )


def _run(run: LiveRun) -> ShownRun:
    link = run.marks.get("link")
    return ShownRun(run.text.split(HARD_BREAK), _tags(run.marks), str(link) if is_link(link) else None)


def _tags(marks: Mapping[str, Value]) -> list[str]:
    """In the order of the marks in the editor's schema."""
    tags = [tag for tag in ("em", "strong") if marks.get(tag) is True]
    for prefix, tag in ((COMMENT, "span data-comment"), ("ins:", "ins"), ("del:", "del")):
        tags += [tag] * any(key.startswith(prefix) for key in marks)
    return tags + ["span data-format"] * any(key.startswith("format:") for key in marks)
