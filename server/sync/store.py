"""What the rooms need of the storage. `server.storage.update_log` provides it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Protocol

from server.domain.errors import KraftaktError
from server.domain.update_log import LogAppend, StoredLog

Merge = Callable[[Iterable[bytes]], bytes]
"""Several updates → one that amounts to the same text."""


class UpdateLog(Protocol):
    """The append-only log of all live texts."""

    async def load(self, declaration_id: int) -> StoredLog: ...

    def append(self, batch: Sequence[LogAppend]) -> Awaitable[Mapping[int, KraftaktError]]:
        """Writes all in one transaction and returns when it is on disk.

        Answers for which declarations (by id) nothing was written because their state forbids it:
        WrongPhase, NotFound, WriterTaken. Raises anything else when nothing at all was written.
        """

    async def compact(self, declaration_id: int, merge: Merge) -> None:
        """Replaces the log by one update that amounts to the same."""
