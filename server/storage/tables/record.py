"""The log of decisive acts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class AuditEventRow(Base):
    """`entry` are the canonical bytes of the leaf; ids have no gaps within the log (assigned under lock)."""

    __tablename__ = "audit_events"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    tag: Mapped[str] = mapped_column(String(60), index=True)
    declaration: Mapped[str] = mapped_column(String(80), index=True)
    actor: Mapped[int]
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))
