"""What the rooms need of the storage. `server.storage` provides it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

from server.domain.errors import KraftaktError
from server.domain.text.update_log import LogAppend, LogGrowth, LogPart, Standing, StoredLog, Writer

Merge = Callable[[Iterable[bytes]], bytes]
"""Several updates → one that amounts to the same text."""
Remember = Callable[[bytes, Iterable[bytes]], bytes]
"""What was remembered, and updates that are about to be merged → what is remembered from then on."""


class UpdateLog(Protocol):
    """The append-only log of all live texts."""

    async def load(self, text_id: int) -> StoredLog: ...

    async def load_since(self, text_id: int, position: int) -> LogPart:
        """What others have committed beyond the position."""

    async def load_writers(self, text_id: int, clients: Collection[int]) -> Sequence[Writer]:
        """The bindings of these client ids."""

    async def load_standings(self, text_ids: Collection[int]) -> Mapping[int, Standing]: ...

    def append(self, batch: Sequence[LogAppend]) -> Awaitable[Mapping[int, KraftaktError]]:
        """Writes all in one transaction and returns when it is on disk.

        Answers for which texts (by id) nothing was written because their declaration's state forbids it:
        WrongPhase, NotFound, WriterTaken. Raises anything else when nothing at all was written.
        """

    def append_at_once(self, batch: Sequence[LogAppend], /) -> bool:
        """`append` on the event loop, for small batches. True: all of it is on disk. False: nothing was
        written, for whatever reason; `append` will say it or do it."""

    async def compact(self, text_id: int, merge: Merge, remember: Remember) -> None:
        """Replaces the log by one update that amounts to the same; what it forgets goes into the memory."""


class Exchange(Protocol):
    """Between the processes that share a database."""

    async def publish(self, messages: Sequence[bytes]) -> None:
        """To all other processes, in this order."""

    async def listen(
        self,
        grown: Callable[[LogGrowth], None],
        heard: Callable[[str, bytes], None],
        gap: Callable[[], None],
    ) -> None:
        """Until it is cancelled. `heard`: origin and message of another process.

        `gap`: after the beginning and after every interruption: something may have been missed.
        """
