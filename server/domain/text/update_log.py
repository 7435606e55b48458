"""The log of a live text as sync and storage exchange it. Updates are opaque bytes here (Yjs, format v1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

SERVICE: Final = 0
"""Stands for a person's id where the service itself wrote: it seeds the starter text."""


@dataclass(frozen=True, slots=True)
class Writer:
    """`person` is the first who wrote with the Yjs client id `client`; nobody else may. `ags`: for whom.

    `municipality`: its name, as far as the storage read it.
    """

    client: int
    person: int
    ags: str | None
    first_at: datetime
    municipality: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LogAppend:
    """What one text's log gains in a commit. `writers` are new ones only."""

    text_id: int
    updates: tuple[bytes, ...]
    writers: tuple[Writer, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredLog:
    """`updates` in the order of their commits, the compacted base (if there is one) first.

    `position`: the id of the last one. Ids of one text grow in the order of the commits. `memory`: what the
    log held and compaction has taken out of it, as far as the rooms still need it.
    """

    updates: tuple[bytes, ...] = ()
    writers: tuple[Writer, ...] = field(default=())
    position: int = 0
    memory: bytes = b""


@dataclass(frozen=True, slots=True)
class LogPart:
    """What a log holds beyond some position, up to `position`."""

    updates: tuple[bytes, ...]
    position: int


@dataclass(frozen=True, slots=True)
class LogGrowth:
    """A commit has brought a log from position `before` to `position`. `own`: it was this process's."""

    text_id: int
    before: int
    position: int
    own: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How a text stands in the database at the moment. `phase`: the declaration's."""

    position: int
    phase: str
