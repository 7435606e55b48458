"""Column types, and what can be asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import Connection, DateTime, Dialect
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

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
