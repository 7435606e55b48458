"""The log of a live text as sync and storage exchange it. Updates are opaque bytes here (Yjs, format v1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

SERVICE: Final = 0
"""Stands for a person's id where the service itself wrote: it seeds the starter text."""


@dataclass(frozen=True, slots=True)
class Writer:
    """`person` is the first who wrote with the Yjs client id `client`; nobody else may. `ags`: for whom."""

    client: int
    person: int
    ags: str | None
    first_at: datetime


@dataclass(frozen=True, slots=True)
class LogAppend:
    """What one declaration's log gains in a commit. `writers` are new ones only."""

    declaration_id: int
    updates: tuple[bytes, ...]
    writers: tuple[Writer, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredLog:
    """`updates` in the order of their commits, the compacted base (if there is one) first."""

    updates: tuple[bytes, ...] = ()
    writers: tuple[Writer, ...] = field(default=())
