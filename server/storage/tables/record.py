"""The log of decisive acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class AuditEventRow(Base):
    """`entry` are the canonical bytes of the leaf; ids have no gaps within the log (assigned under lock)."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "tag", "actor"),)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    tag: Mapped[str] = mapped_column(String(60))
    declaration: Mapped[str] = mapped_column(String(80), index=True)
    actor: Mapped[int]
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))


class LogNodeRow(Base):
    """A perfect subtree of the log (`server.domain.merkle.Subtree`) of level 1 or higher, written with the
    event that completes it and never changed. Level 0 are the leaves of `audit_events`."""

    __tablename__ = "log_nodes"
    level: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    index: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
