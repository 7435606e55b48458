"""Column types, and what can be asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, TypeAlias

from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Integer
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from server.domain.errors import NotFound
from server.domain.sentences import N_

Reader: TypeAlias = Connection | Session
"""What answers questions at once: for functions that run off the event loop, and by `run_sync` on it."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, stored in UTC. SQLite forgets the zone; this puts it back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("times are aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class NoSuchNumber(NotFound, DontWrapMixin):
    """Somebody names a number that no column can hold, so nothing has it."""

    code = "no_such_number"
    heading = N_("Nothing has this number")
    sentence = N_(
        "The address or the form names a number that nothing here has. Please go back and try again."
    )


class Number(TypeDecorator[int]):
    """An integer of 32 bits. A larger one is refused here: PostgreSQL would end the transaction with an error
    of its own, and SQLite from 64 bits on."""

    impl = Integer
    cache_ok = True
    bits = 32

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        if value is not None and value.bit_length() >= self.bits:
            raise NoSuchNumber(what="number")
        return value


class LargeNumber(Number):
    """An integer of 64 bits."""

    impl = BigInteger
    cache_ok = True
    bits = 64


class _RowNumber(Number):
    """SQLite counts rows in columns of the type INTEGER, which has 64 bits there."""

    cache_ok = True
    bits = 64


SERIAL: Final = LargeNumber().with_variant(_RowNumber(), "sqlite")
"""Of rows that grow in number without end."""
