"""Workshops, and what people without an account said in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class WorkshopRow(Base):
    """A link for some hours. Only its token's hash is kept; `ended_at`: when it was switched off."""

    __tablename__ = "workshops"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    """Who made it."""
    title: Mapped[str] = mapped_column(String(100))
    section: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class WorkshopNoteRow(Base):
    """`guest`: a name that somebody typed."""

    __tablename__ = "workshop_notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id"), index=True)
    guest: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    passage: Mapped[str] = mapped_column(Text)
    words: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]
