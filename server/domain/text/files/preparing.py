"""A manuscript is made ready for a live text: ids that no other text has, times that have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from server.domain.text.files.manuscript import Manuscript, author_of, by_file
from server.domain.text.live_text import COMMENT, SUGGESTED, LiveBlock, LiveRun, Value


def prepare(manuscript: Manuscript, stem: str, now: int) -> Manuscript:
    """`stem`: what all its ids begin with; `now`: seconds since 1970, which no proposal is younger than."""
    blocks = tuple(
        LiveBlock(
            block.kind,
            block.level,
            tuple(LiveRun(run.text, _renamed(run.marks, stem, now)) for run in block.runs),
            _renamed(block.suggested, stem, now),
        )
        for block in manuscript.blocks
    )
    remarks = tuple(
        replace(
            remark,
            mark=f"{stem}{remark.mark}",
            at=min(remark.at, now),
            replies=tuple(replace(reply, at=min(reply.at, now)) for reply in remark.replies),
        )
        for remark in manuscript.remarks
    )
    return Manuscript(blocks, remarks, manuscript.losses)


def _renamed(marks: Mapping[str, Value], stem: str, now: int) -> dict[str, Value]:
    renamed: dict[str, Value] = {}
    for key, value in marks.items():
        if not key.startswith((COMMENT, *SUGGESTED)):
            renamed[key] = value
            continue
        name, _, number = key.partition(":")
        renamed[f"{name}:{stem}{number}"] = value if key.startswith(COMMENT) else _past(value, now)
    return renamed


def _past(value: Value, now: int) -> Value:
    name, at = author_of(value)
    kind = str(value).partition("|")[0] + "|" if str(value).count("|") == 3 else ""
    return f"{kind}{by_file(name, min(at, now))}"


def count_proposals(manuscript: Manuscript) -> dict[str, int]:
    """How many proposals each name in the file makes."""
    seen: dict[str, set[str]] = {}
    for block in manuscript.blocks:
        for marks in (block.suggested, *(run.marks for run in block.runs)):
            for key, value in marks.items():
                if key.startswith(SUGGESTED):
                    seen.setdefault(author_of(value)[0], set()).add(key.partition(":")[2])
    return {name: len(ids) for name, ids in sorted(seen.items())}
