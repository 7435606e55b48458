"""Who was let in while the log stood where it stands: rights change with an entry in it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

MAX_WATCHERS: Final = 4096
LASTS: Final = 60.0
"""Seconds: whatever changes without an entry in the log is noticed after so long."""


class Watchers:
    """By person and declaration, each with the position of the log at which the right was looked up. Bounded:
    the oldest makes room. `now` counts seconds and never goes back."""

    def __init__(self, now: Callable[[], float], most: int = MAX_WATCHERS) -> None:
        self._now = now
        self._most = most
        self._let_in: OrderedDict[tuple[int, str], tuple[int, float]] = OrderedDict()

    def let_in(self, person_id: int, slug: str, position: int) -> bool:
        """The person had the right at this very position, less than a minute ago."""
        noted = self._let_in.get((person_id, slug))
        return noted is not None and noted[0] == position and self._now() - noted[1] < LASTS

    def note(self, person_id: int, slug: str, position: int) -> None:
        """Right and position were read in one moment's state."""
        self._let_in.pop((person_id, slug), None)
        self._let_in[person_id, slug] = (position, self._now())
        if len(self._let_in) > self._most:
            self._let_in.popitem(last=False)
