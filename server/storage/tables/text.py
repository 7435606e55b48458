"""The live text as a log of updates, and the texts fixed from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import SERIAL, Base


class UpdateRow(Base):
    """The update log of the live texts: Yjs v1 updates in the order in which they were committed."""

    __tablename__ = "updates"
    # Without AUTOINCREMENT, SQLite gives the ids of deleted rows again: what is written after a compaction
    # would stand below its mark and never be read.
    __table_args__ = (Index(None, "declaration_id", "id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(SERIAL, primary_key=True, autoincrement=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class UpdateBaseRow(Base):
    """The log up to and including `upto` in one update; later rows of `updates` come on top."""

    __tablename__ = "update_bases"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    upto: Mapped[int] = mapped_column(SERIAL)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class WriterRow(Base):
    """Attestation: which person wrote with which Yjs client id. The first to write with it owns it."""

    __tablename__ = "writers"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    client: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Integer)
    """A person's id, or 0 for the service itself (it seeds the starter text)."""
    ags: Mapped[str | None] = mapped_column(String(8))
    first_at: Mapped[datetime]


class RevisionRow(Base):
    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("declaration_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    fixed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    fixed_at: Mapped[datetime]
