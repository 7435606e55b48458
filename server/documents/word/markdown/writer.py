"""Writes a text as Markdown: what stands in it without any proposal."""

from __future__ import annotations

import re
from typing import Final

from server.domain.text.content import HARD_BREAK, Block, Content, Run

_SIGNS: Final = re.compile(r"([\\`*_\[\]<>])")
_AT_BEGINNING: Final = re.compile(r"(?=#{1,6} |[-+] |> |\||=+$|-+$|~~~)")
_NUMBERED: Final = re.compile(r"(\d+|[a-z]{1,2})([.)] )")
_INDENT: Final = {"clause": 4, "bullet": 2}


def write_markdown(content: Content) -> bytes:
    lines: list[str] = []
    before: Block | None = None
    count = [0, 0, 0]
    for block in content.blocks:
        count = _counted(count, block)
        if before is not None and not (block.kind == before.kind and block.kind in _INDENT):
            lines.append("")
        lines.append(_line(block, count))
        before = block
    return ("\n".join(lines) + "\n").encode()


def _counted(count: list[int], block: Block) -> list[int]:
    """Numbers of clauses by level, as `number_clauses` gives them: Markdown knows no letters."""
    if block.kind != "clause":
        return count
    level = block.level - 1
    return [*count[:level], count[level] + 1, *[0] * (2 - level)]


def _line(block: Block, count: list[int]) -> str:
    words = "".join(map(_run, block.runs)).strip()
    match block.kind:
        case "heading":
            return f"{'#' * block.level} {words.replace(HARD_BREAK, ' ')}"
        case "clause":
            lead = f"{count[block.level - 1]}. "
        case "bullet":
            lead = "- "
        case "quote":
            return "> " + words.replace(HARD_BREAK, "\\\n> ")
        case "paragraph":
            return _literal(words).replace(HARD_BREAK, "\\\n")
    indent = " " * (_INDENT[block.kind] * (block.level - 1))
    return f"{indent}{lead}{words}".replace(HARD_BREAK, f"\\\n{indent}{' ' * len(lead)}")


def _literal(words: str) -> str:
    """A paragraph that begins like something else."""
    words = _AT_BEGINNING.sub(r"\\", words, count=1) if _AT_BEGINNING.match(words) else words
    return _NUMBERED.sub(r"\1\\\2", words, count=1) if _NUMBERED.match(words) else words


def _run(run: Run) -> str:
    """Signs stand close to the words, blanks outside."""
    text = _SIGNS.sub(r"\\\1", run.text)
    core = text.strip(" ")
    if not core.strip(HARD_BREAK):
        return text
    head, tail = text[: len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")) :]
    if run.link:
        core = f"[{core}](<{run.link}>)" if re.search(r"[()]", run.link) else f"[{core}]({run.link})"
    if run.em:
        core = f"*{core}*"
    if run.strong:
        core = f"**{core}**"
    return f"{head}{core}{tail}"
