"""Comments of a file, and which of them answers which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from server.domain.text.files.manuscript import Remark, Reply

MAX_REMARKS: Final = 2_000
MAX_REPLIES: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of the file. `parent`: the id of the one it answers; empty for none."""

    remark: Remark
    parent: str = ""


def gather_threads(said: Mapping[str, Said], places: Mapping[str, object]) -> list[Remark]:
    """Answers behind what they answer. `places`: where each comment begins and ends in the text. A file that
    names no parents, as those of Google Docs and LibreOffice, has the answers on the very same passage."""
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
