"""Reads the starter text: the few Markdown forms it uses, as (text, kind:level) blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

STARTER: Final = Path(__file__).parent.parent / "data" / "starter-declaration.de.md"
_FORMS: Final = (
    (re.compile(r"(#{1,3}) (.*)"), "heading"),
    (re.compile(r"\d+\. (.*)"), "clause:1"),
    (re.compile(r" {2,}- (.*)"), "bullet:2"),
    (re.compile(r"- (.*)"), "bullet:1"),
    (re.compile(r"> (.*)"), "quote:0"),
)


def starter_blocks(path: Path = STARTER) -> list[tuple[str, str]]:
    return list(read_markdown(path.read_text(encoding="utf-8")))


def read_markdown(source: str) -> Iterator[tuple[str, str]]:
    """One block a line: the source does not wrap its paragraphs."""
    for line in source.splitlines():
        if line.strip():
            yield _block(line)


def _block(line: str) -> tuple[str, str]:
    for form, kind in _FORMS:
        if match := form.fullmatch(line):
            level = f":{len(match[1])}" if kind == "heading" else ""
            return match[match.lastindex or 1].strip(), kind + level
    return line.strip(), "paragraph:0"
