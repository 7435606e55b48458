"""Comments of a DOCX: who said what, and which answers which.

Word keeps the thread in `commentsExtended` (by the id of a comment's last paragraph). Google Docs writes
the answers as comments of their own on the same passage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from server.documents.word.container import Element
from server.documents.word.docx.names import W14, W15, local, read_time, value, w
from server.domain.text.files.manuscript import MAX_REMARK, Remark, Reply, clean_name

MAX_REMARKS: Final = 2_000
MAX_REPLIES: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of the file. `parent`: the id of the one it answers; empty for none."""

    remark: Remark
    parent: str = ""


def read_comments(comments: Element | None, extended: Element | None) -> dict[str, Said]:
    """By their id in the file."""
    found = [] if comments is None else comments.findall(w("comment"))[:MAX_REMARKS]
    by_paragraph = {
        last.get(f"{{{W14}}}paraId"): value(comment, "id")
        for comment in found
        for last in comment.findall(w("p"))[-1:]
    }
    parents: dict[str, str] = {}
    done: set[str] = set()
    for entry in [] if extended is None else extended:
        key = by_paragraph.get(entry.get(f"{{{W15}}}paraId"))
        if key is None:
            continue
        parents[key] = by_paragraph.get(entry.get(f"{{{W15}}}paraIdParent"), "")
        if entry.get(f"{{{W15}}}done") in ("1", "true"):
            done.add(key)
    said = {}
    for comment in found:
        key = value(comment, "id")
        remark = Remark(
            mark=key,
            author=clean_name(value(comment, "author")),
            at=read_time(value(comment, "date")),
            words=_words(comment),
            resolved=key in done,
        )
        said[key] = Said(remark, parents.get(key, ""))
    return said


def gather_threads(said: Mapping[str, Said], places: Mapping[str, object]) -> list[Remark]:
    """Answers behind what they answer. `places`: where each comment begins and ends in the text."""
    roots: dict[str, list[Reply]] = {}
    by_place: dict[object, str] = {}
    has_parents = any(one.parent for one in said.values())
    for key, one in said.items():
        root = _root(said, key)
        place = places.get(key)
        if root == key and not has_parents and place is not None:
            root = by_place.setdefault(place, key)
        replies = roots.setdefault(root, [])
        if root != key and len(replies) < MAX_REPLIES:
            replies.append(Reply(one.remark.author, one.remark.at, one.remark.words))
    return [replace(said[key].remark, replies=tuple(replies)) for key, replies in roots.items()]


def _root(said: Mapping[str, Said], key: str) -> str:
    for _ in range(len(said)):
        parent = said[key].parent
        if parent not in said:
            return key
        key = parent
    return key


def _words(comment: Element) -> str:
    lines = []
    for paragraph in comment.findall(w("p")):
        pieces = []
        for element in paragraph.iter():
            if local(element) == "t":
                pieces.append(element.text or "")
            elif local(element) in ("br", "cr", "tab"):
                pieces.append(" ")
        lines.append("".join(pieces))
    return "\n".join(lines).strip()[:MAX_REMARK]
