"""Declarations and who takes part."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class DeclarationRow(Base):
    __tablename__ = "declarations"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300))
    phase: Mapped[str] = mapped_column(String(20))
    deadline: Mapped[datetime | None]
    embargo: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ParticipantRow(Base):
    """A person's role in a declaration; `ags` says for whom an editor drafts."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("declaration_id", "person_id", "role"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
