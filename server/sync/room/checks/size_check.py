"""Bounds on what grows over many messages: the length of a block, the marks on one letter.

Measuring a text takes as long as reading it, so it is measured only when what came since could have reached a
bound: the time is that of the messages. Two blocks of half the bound each are the costly case: there every
deletion could be the line feed between them.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from itertools import accumulate
from typing import Final, NamedTuple

from pycrdt import Doc, Text

from server.sync.projection import TEXT
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.text_schema import MAX_BLOCK, MAX_MARKS, is_by_id
from server.sync.wire.update_check import UpdateFacts

LONGEST: Final = MAX_BLOCK + 1_000
"""UTF-16 units of a block: several may write at once, each up to the bound that the editor holds."""
_LETTERS, _MARKS = 100, 8
"""What may come at least between two measurements: a bound is overstepped by no more than that."""
_SEEN: Final = 32


class Sizes(NamedTuple):
    """`sums`: letters of the longest block, of the two longest, and so on. `marks`: most on a letter."""

    sums: tuple[int, ...]
    marks: int

    @property
    def longest(self) -> int:
        return self.sums[0]

    def joined(self, deleted: int) -> int:
        """Letters of the longest block that as many deletions can make."""
        return self.sums[min(deleted, len(self.sums) - 1)]


class SizeCheck:
    """Of one text."""

    def __init__(self, doc: Doc[Text]) -> None:
        self._known = measure(doc)
        self._letters = self._marks = 0
        """What came since then."""
        self._deletions: deque[int] = deque(maxlen=_SEEN)
        """Clients send all deletions with every answer; those were looked at."""

    def ensure_fits(self, facts: UpdateFacts, new: bool, result: Callable[[], Doc[Text]]) -> None:
        """`new`: it brings structs. `result`: the text as it would be. Raises Closing, by the bound."""
        letters, marks = (facts.letters, facts.marks) if new else (0, 0)
        if self._is_far(letters, marks, facts):
            self._letters += letters
            self._marks += marks
            return
        sizes = measure(result())
        if sizes.longest > max(LONGEST, self._known.longest):
            raise Closing(CloseCode.TOO_LARGE, "a block is too long")
        if sizes.marks > max(MAX_MARKS, self._known.marks):
            raise Closing(CloseCode.TOO_LARGE, "too many marks on one letter")
        self._known, self._letters, self._marks = sizes, 0, 0
        self._deletions.append(facts.deletions)

    def grew(self, size: int) -> None:
        """By `size` bytes of updates that others have looked at."""
        self._letters += size
        self._marks += size // 16

    def _is_far(self, letters: int, marks: int, facts: UpdateFacts) -> bool:
        """Whether no bound can have been reached."""
        room = max(LONGEST - self._known.longest, _LETTERS)
        spare = max(MAX_MARKS - self._known.marks, _MARKS)
        if self._letters + letters > room or self._marks + marks > spare:
            return False
        if not facts.deleted or facts.deletions in self._deletions:
            return True
        return self._known.joined(facts.deleted) + self._letters <= LONGEST


def measure(doc: Doc[Text]) -> Sizes:
    lengths, marks, length = [0], 0, 0
    for value, attributes in doc.get(TEXT, type=Text).diff():
        marks = max(marks, sum(map(is_by_id, attributes or ())))
        for part in re.split("(\n)", value) if isinstance(value, str) else ("-",):
            if part == "\n":
                lengths.append(length)
                length = 0
            else:
                length += len(part) if part.isascii() else len(part.encode("utf-16-le")) // 2
    lengths.append(length)
    return Sizes(tuple(accumulate(sorted(lengths, reverse=True))), marks)
