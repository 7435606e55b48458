"""Reads the starter text: the few Markdown forms it uses, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from server.domain.text.content import Block, BlockKind, Run

STARTER: Final = Path(__file__).parents[2] / "data" / "starter-declaration.de.md"
_FORMS: Final[tuple[tuple[re.Pattern[str], BlockKind, int], ...]] = (
    (re.compile(r"# (.*)"), "heading", 1),
    (re.compile(r"## (.*)"), "heading", 2),
    (re.compile(r"### (.*)"), "heading", 3),
    (re.compile(r"\d+\. (.*)"), "clause", 1),
    (re.compile(r" {2,}- (.*)"), "bullet", 2),
    (re.compile(r"- (.*)"), "bullet", 1),
    (re.compile(r"> (.*)"), "quote", 0),
)


def starter_blocks(path: Path = STARTER) -> list[Block]:
    return list(read_markdown(path.read_text(encoding="utf-8")))


def read_markdown(source: str) -> Iterator[Block]:
    """One block a line: the source does not wrap its paragraphs. Clauses get their numbers later."""
    for line in source.splitlines():
        if line.strip():
            yield _block(line)


def _block(line: str) -> Block:
    for form, kind, level in _FORMS:
        if match := form.fullmatch(line):
            return Block(kind, level, (Run(match[1].strip()),))
    return Block("paragraph", 0, (Run(line.strip()),))
