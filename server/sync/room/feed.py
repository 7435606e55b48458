"""What a room of the original hands on to the rooms of its branches, as it comes onto the disk.

A branch's log holds nothing but its own updates: what it shows is the original's log with them on top. So
nothing is copied, and nothing of the original can be lost on the way into a branch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from server.domain.errors import KraftaktError


class Follower(Protocol):
    """A branch's room."""

    def bring(self, updates: Sequence[bytes]) -> None: ...

    def discard(self, error: KraftaktError) -> None: ...


class Feed:
    """To one branch. What comes while its room is being loaded waits."""

    def __init__(self) -> None:
        self._follower: Follower | None = None
        self._waiting: list[bytes] = []
        self._ended = False

    def open(self, follower: Follower) -> None:
        """The room is there."""
        waiting, self._waiting = self._waiting, []
        self._follower = follower
        follower.bring(waiting)
        if self._ended:
            follower.discard(KraftaktError())

    def push(self, updates: Sequence[bytes]) -> None:
        if self._follower is None:
            self._waiting += updates
        elif updates:
            self._follower.bring(updates)

    def end(self) -> None:
        """The original's room is given up: the log is the truth, and the branch has to be read anew."""
        self._ended = True
        if self._follower is not None:
            self._follower.discard(KraftaktError())


class Feeds:
    """Those of one room, which is not forgotten as long as there are any."""

    def __init__(self, removed: Callable[[], None]) -> None:
        self._removed = removed
        self._open: dict[Feed, None] = {}

    def __bool__(self) -> bool:
        return bool(self._open)

    def begin(self) -> Feed:
        feed = Feed()
        self._open[feed] = None
        return feed

    def remove(self, feed: Feed) -> None:
        self._open.pop(feed, None)
        self._removed()

    def push(self, updates: Sequence[bytes]) -> None:
        for feed in list(self._open):
            feed.push(updates)

    def end(self) -> None:
        feeds, self._open = self._open, {}
        for feed in feeds:
            feed.end()
