"""Translations: a text of its own each, and of which revision of the original theirs were fixed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class TranslationRow(Base):
    """`source_id`: the original's revision that it was begun with."""

    __tablename__ = "translations"
    __table_args__ = (UniqueConstraint("declaration_id", "language"),)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True, autoincrement=False)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    language: Mapped[str] = mapped_column(String(35))
    source_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    started_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    started_at: Mapped[datetime]


class TranslationRevisionRow(Base):
    """Beside its row in `revisions`. `stretches`: JSON, for each block from where to where in the source."""

    __tablename__ = "translation_revisions"
    revision_id: Mapped[int] = mapped_column(
        ForeignKey("revisions.id"), primary_key=True, autoincrement=False
    )
    source_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    stretches: Mapped[str] = mapped_column(Text)
