"""LISTEN and NOTIFY: messages between the processes that share a PostgreSQL database.

A notification is text of at most 8,000 bytes: `ORIGIN KIND REST`. Longer messages go in several, which
arrive together and in order because they belong to one transaction.
"""

from __future__ import annotations

import asyncio
import logging
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Final, Protocol, cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from server.domain.text.update_log import LogGrowth
from server.storage.text.log_growth import CHANNEL, GROWTH, parse_growth

log = logging.getLogger(__name__)

WHOLE: Final = "m"
PARTIAL: Final = "p"
"""Kinds: the (last) part of a message; a part that others follow. Base 64."""
PART: Final = 7_800
PROBE: Final = 5.0
"""Seconds between two looks whether the line still holds, and how long an answer may take."""
RETRY: Final = 0.5
"""Seconds between two attempts to listen."""

Grown = Callable[[LogGrowth], None]
Heard = Callable[[str, bytes], None]
Notified = Callable[[object, int, str, str], None]


class Driver(Protocol):
    """asyncpg's connection, as far as it is used."""

    async def add_listener(self, channel: str, callback: Notified) -> None: ...

    def add_termination_listener(self, callback: Callable[[object], None]) -> None: ...

    async def execute(self, query: str, *, timeout: float) -> str: ...  # noqa: ASYNC109 - asyncpg's own

    def terminate(self) -> None: ...


class Notifications:
    """Satisfies `server.sync.store.Exchange`. `origin`: this process's name, without spaces."""

    def __init__(self, engine: AsyncEngine, origin: str) -> None:
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._transactions = engine
        self._origin = origin

    async def publish(self, messages: Sequence[bytes]) -> None:
        payloads = [payload for message in messages for payload in split_message(self._origin, message)]
        async with self._transactions.begin() as connection:
            for payload in payloads:
                await connection.execute(select(func.pg_notify(CHANNEL, payload)))

    async def listen(self, grown: Grown, heard: Heard, gap: Callable[[], None]) -> None:
        while True:
            try:
                await self._listen_once(_Ear(self._origin, grown, heard), gap)
            except Exception as error:  # whatever ends it, the next attempt catches up
                log.warning("listening to other processes failed: %s", type(error).__name__)
            await asyncio.sleep(RETRY)

    async def _listen_once(self, ear: _Ear, gap: Callable[[], None]) -> None:
        ended = asyncio.Event()
        async with self._driver() as driver:
            driver.add_termination_listener(lambda _: ended.set())
            await driver.add_listener(CHANNEL, ear.hear)
            gap()
            while not await _is_set(ended, PROBE):
                await driver.execute("SELECT 1", timeout=PROBE)
        log.warning("the line to the other processes is cut")

    @asynccontextmanager
    async def _driver(self) -> AsyncIterator[Driver]:
        """A connection that does not go back to the pool."""
        async with self._engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver = cast("Driver", raw.driver_connection)
            try:
                yield driver
            finally:
                await connection.invalidate()
                driver.terminate()


class _Ear:
    """What comes in over one line."""

    def __init__(self, origin: str, grown: Grown, heard: Heard) -> None:
        self._origin = origin
        self._grown = grown
        self._heard = heard
        self._begun: dict[str, list[str]] = {}

    def hear(self, _connection: object, _process: int, _channel: str, payload: str) -> None:
        origin, kind, rest = payload.split(" ", 2)
        if kind == GROWTH:
            for growth in parse_growth(rest, own=origin == self._origin):
                self._grown(growth)
        elif origin != self._origin:
            self._add(origin, rest, whole=kind == WHOLE)

    def _add(self, origin: str, part: str, *, whole: bool) -> None:
        parts = self._begun.setdefault(origin, [])
        parts.append(part)
        if whole:
            del self._begun[origin]
            self._heard(origin, b64decode("".join(parts)))


def split_message(origin: str, message: bytes) -> list[str]:
    """The notifications that carry it."""
    text = b64encode(message).decode()
    parts = [text[at : at + PART] for at in range(0, len(text), PART)]
    kinds = [PARTIAL] * (len(parts) - 1) + [WHOLE]
    return [f"{origin} {kind} {part}" for kind, part in zip(kinds, parts, strict=True)]


async def _is_set(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
