"""The check of a suggest-only right: whose update may add and take back their own suggestions, and put the
marks of comments on passages, nothing else.

The text before and after is compared with the author's own suggestions taken out: what they propose to insert
is left out, their marks on what they propose to delete or to change in kind are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from pycrdt import Doc, Text

from server.domain.text.live_text import COMMENT, NAMING, SUGGESTED
from server.sync.attestation import Member
from server.sync.gaps import apply_closed
from server.sync.projection import EMBEDDED, TEXT
from server.sync.room.checks.schema_check import name_of

Stretch = tuple[str, Mapping[str, object]]
"""Letters that follow each other with the same marks."""


@dataclass(frozen=True, slots=True)
class Own:
    """Whose suggestions count as their own. `author`: as marks name them, with the bar behind. `prefix`: of
    their ids; in a branch those of the original are nobody's to take back."""

    author: str
    prefix: str = ""

    def has(self, key: str, mark: object) -> bool:
        """Whether a mark is a suggestion of theirs, of any kind."""
        kind, _, number = key.partition(":")
        if not key.startswith(SUGGESTED) or not number.startswith(self.prefix) or not isinstance(mark, str):
            return False
        said = mark.partition("|")[2] if f"{kind}:" in NAMING else mark
        return said.startswith(self.author)


def only_suggests(doc: Doc[Text], update: bytes, member: Member, prefix: str = "") -> bool:
    """Whether the update, which passed all other checks, stays within the right. Works on copies.

    `prefix`: of the ids of a branch's own suggestions.
    """
    author = Own(f"{name_of(member)}|", prefix)
    before, after = apply_closed([doc.get_update()]), apply_closed([doc.get_update(), update])
    old, new = _stretches(before), _stretches(after)
    before_it, after_it = _rest(old, author), _rest(new, author)
    return (
        _without_comments(before_it) == _without_comments(after_it)
        and _commented(before_it) <= _commented(after_it)
        and _foreign(new, author) <= _foreign(old, author)
    )


def _stretches(doc: Doc[Text]) -> list[Stretch]:
    found = doc.get(TEXT, type=Text).diff()
    return [(value if isinstance(value, str) else EMBEDDED, marks or {}) for value, marks in found]


def _rest(stretches: list[Stretch], author: Own) -> list[Stretch]:
    """Everything that is not the author's own suggestion, cut at other people's marks only."""
    kept = [
        (words, {key: mark for key, mark in marks.items() if not author.has(key, mark)})
        for words, marks in stretches
        if not any(key.startswith("ins:") and author.has(key, mark) for key, mark in marks.items())
    ]
    return [("".join(words for words, _ in group), marks) for marks, group in groupby(kept, itemgetter(1))]


def _without_comments(stretches: list[Stretch]) -> list[Stretch]:
    plain = [
        (words, {key: mark for key, mark in marks.items() if not key.startswith(COMMENT)})
        for words, marks in stretches
    ]
    return [("".join(words for words, _ in group), marks) for marks, group in groupby(plain, itemgetter(1))]


def _commented(stretches: list[Stretch]) -> set[tuple[str, int]]:
    """Each mark with each place that it lies on, counted in the rest, which is the same before and after."""
    found: set[tuple[str, int]] = set()
    at = 0
    for words, marks in stretches:
        keys = [key for key in marks if key.startswith(COMMENT)]
        found |= {(key, at + place) for key in keys for place in range(len(words))}
        at += len(words)
    return found


def _foreign(stretches: list[Stretch], author: Own) -> set[tuple[str, object]]:
    """Suggestions in other people's names, wherever they stand: also on what the author inserted."""
    return {
        (key, mark)
        for _, marks in stretches
        for key, mark in marks.items()
        if key.startswith(SUGGESTED) and not author.has(key, mark)
    }
