"""Files that somebody brought as a text and is looking through."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class TextImportRow(Base):
    """One for a person in a declaration, until it is taken over."""

    __tablename__ = "text_imports"
    __table_args__ = (UniqueConstraint("declaration_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    stamp: Mapped[str] = mapped_column(String(32))
    """Another for each file: what was looked at is what is taken over."""
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the file, in hexadecimal digits."""
    data: Mapped[bytes]
    """The manuscript as JSON, compressed."""
    created_at: Mapped[datetime]
