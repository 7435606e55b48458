"""How long a text's log has become, and when that is too long."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

ROWS_AT_REST: Final = 200
"""From which on a log is compacted when its room is unloaded."""
ROWS_IN_USE: Final = 5_000
"""From which on that is done while people are writing."""
SPARE: Final = 65_536
"""Bytes of log that nobody minds."""


class LogLength:
    """Counts from the last compaction on."""

    __slots__ = ("_bytes", "_rows")

    def __init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """The log is compacted."""
        self._rows = 0
        self._bytes = 0

    def add(self, updates: Iterable[bytes]) -> None:
        for update in updates:
            self._rows += 1
            self._bytes += len(update)

    @property
    def is_long(self) -> bool:
        return self._rows > ROWS_IN_USE

    @property
    def is_long_at_rest(self) -> bool:
        return self._rows > ROWS_AT_REST

    def is_bloated(self, text: int) -> bool:
        """Whether it is much longer than the text needs, which has `text` bytes in one update."""
        return self._bytes > SPARE and self._bytes > 2 * text
