"""Threads of a text as remarks of a file, and the other way: what a file brings that is not there yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from server.domain.text.comments.threads import Comment, Thread
from server.domain.text.files.manuscript import Manuscript, Remark, Reply, clean_name
from server.domain.text.live_text import COMMENT, LiveBlock, LiveRun, Value

UNVERIFIED: Final = "(Workshop, Name nicht geprüft)"
"""Beside the name of a guest, in the language that declarations are written in."""


@dataclass(frozen=True, slots=True)
class NewRemarks:
    """`opened`: threads that are not there yet. `answers`: by the key of a thread that is there, what was
    answered in the file since. `known`: marks of the file that lie on threads which are there."""

    opened: tuple[Remark, ...]
    answers: Mapping[str, tuple[Reply, ...]]
    known: frozenset[str]


def remarks_of(threads: Sequence[Thread], coordination: str) -> tuple[Remark, ...]:
    """`coordination`: stands in place of a municipality for those who draft for none."""
    remarks = []
    for thread in threads:
        said = [_reply(each, coordination) for each in thread.comments if not each.is_removed]
        if said:
            first, *answers = said
            is_resolved = thread.resolved_at is not None
            remarks.append(
                Remark(thread.key, first.author, first.at, first.words, tuple(answers), is_resolved)
            )
    return tuple(remarks)


def _reply(comment: Comment, coordination: str) -> Reply:
    town = comment.municipality or coordination
    if comment.guest:
        author = f"{comment.guest} {UNVERIFIED}"
    elif comment.from_file is not None:
        author = comment.from_file
    else:
        author = comment.recorded_for or f"{comment.name}, {town}"
    return Reply(clean_name(author), int(comment.written_at.timestamp()), comment.body)


def find_new(brought: Sequence[Remark], present: Sequence[Remark]) -> NewRemarks:
    """A file that went out from here comes back with the threads that it took along."""
    by_first = {_key(remark.at, remark.words): remark for remark in present}
    opened, answers, known = [], {}, set()
    for remark in brought:
        there = by_first.get(_key(remark.at, remark.words))
        if there is None:
            opened.append(remark)
            continue
        known.add(remark.mark)
        said = {_key(reply.at, reply.words) for reply in there.replies}
        more = tuple(reply for reply in remark.replies if _key(reply.at, reply.words) not in said)
        if more:
            answers[there.mark] = more
    return NewRemarks(tuple(opened), answers, frozenset(known))


def _key(at: int, words: str) -> tuple[int, str]:
    """Programs change names and white space, not times and words."""
    return at, " ".join(words.split())


def without_marks(manuscript: Manuscript, marks: frozenset[str]) -> Manuscript:
    """The same without these remarks on its letters."""
    keys = {f"{COMMENT}{mark}" for mark in marks}
    blocks = tuple(
        LiveBlock(
            block.kind,
            block.level,
            tuple(LiveRun(run.text, _but(run.marks, keys)) for run in block.runs),
            block.suggested,
        )
        for block in manuscript.blocks
    )
    remarks = tuple(remark for remark in manuscript.remarks if remark.mark not in marks)
    return Manuscript(blocks, remarks, manuscript.losses)


def _but(marks: Mapping[str, Value], keys: set[str]) -> dict[str, Value]:
    return {key: value for key, value in marks.items() if key not in keys}


def quote_of(blocks: Sequence[LiveBlock], mark: str) -> str:
    """The letters that a remark lies on."""
    key = f"{COMMENT}{mark}"
    lines = ["".join(run.text for run in block.runs if key in run.marks) for block in blocks]
    return " ".join(filter(None, lines))


def with_remarks_on_proposals(
    blocks: Sequence[LiveBlock], threads: Sequence[Thread]
) -> tuple[LiveBlock, ...]:
    """A thread about a proposal lies on the proposal's letters: files know no other place for it."""
    about = {thread.suggestion: thread.key for thread in threads if thread.suggestion}
    if not about:
        return tuple(blocks)

    def marked(run: LiveRun) -> LiveRun:
        ids = [key.partition(":")[2] for key in run.marks if key.startswith(("ins:", "del:"))]
        more: dict[str, Value] = {f"{COMMENT}{about[each]}": True for each in ids if each in about}
        return LiveRun(run.text, {**run.marks, **more}) if more else run

    return tuple(
        LiveBlock(block.kind, block.level, tuple(map(marked, block.runs)), block.suggested)
        for block in blocks
    )
