"""Privacy notice, imprint and accessibility statement, as they were edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class LegalTextRow(Base):
    """A version of a page. Rows are only added; `number` counts a page's versions in one language, from 1."""

    __tablename__ = "legal_texts"
    __table_args__ = (UniqueConstraint("page", "language", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    saved_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    saved_at: Mapped[datetime]


class RetentionRunRow(Base):
    """That what is kept for a time only was cleared away on a day: once, whichever process does it."""

    __tablename__ = "retention_runs"
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
