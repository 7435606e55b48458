"""Passages of a published text that an erratum corrects: each leads to it, and stays as it was signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from server.domain.text.content import Block, Content, Run
from server.storage.release.addenda import AddendumHead


def mark_passages(content: Content, addenda: Sequence[AddendumHead]) -> Content:
    """The same letters, with a link over each corrected passage."""
    blocks = content.blocks
    for addendum in addenda:
        for each in addendum.draft.corrections:
            blocks = tuple(_marked(block, each.wrong, f"#{addendum.anchor}") for block in blocks)
    return Content(blocks)


def _marked(block: Block, passage: str, link: str) -> Block:
    start = block.text.find(passage)
    if start < 0:
        return block
    return replace(block, runs=tuple(_cut(block.runs, start, start + len(passage), link)))


def _cut(runs: Sequence[Run], start: int, end: int, link: str) -> Iterator[Run]:
    """The passage may run across emphasis."""
    at = 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            pieces = ((run.text[:first], run.link), (run.text[first:last], link), (run.text[last:], run.link))
            yield from (replace(run, text=text, link=to) for text, to in pieces if text)
        else:
            yield run
        at += len(run.text)
