"""Invitations, and tables of people that are being looked through before they become some."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class InvitationRow(Base):
    """`token_hash`: SHA-256 of the newest link's token; older links are void. `mail_id`: the newest mail."""

    __tablename__ = "invitations"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    through_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"))
    """The shared mailbox's invitation by which this one came about."""
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(200))
    salutation: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    title: Mapped[str] = mapped_column(String(100))
    capacity: Mapped[str] = mapped_column(String(10))
    shared: Mapped[bool] = mapped_column(default=False, server_default=false())
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    mail_id: Mapped[int | None]
    created_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class ImportDraftRow(Base):
    """One for a person in a declaration: the rows they brought, as they stand now."""

    __tablename__ = "import_drafts"
    __table_args__ = (UniqueConstraint("declaration_id", "person_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    stamp: Mapped[str] = mapped_column(String(32))
    """Another whenever the rows change: what was looked at is what is imported."""
    rows: Mapped[list[Any]] = mapped_column(JSON)
    created_at: Mapped[datetime]
