"""Declarations and who takes part."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, true
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
    contact: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Whom those who are invited can call or write to."""
    offices_invite: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Offices may ask colleagues and deputies of their own municipality in."""
    place: Mapped[str] = mapped_column(String(100), default="", server_default="")
    day: Mapped[date | None]
    quorum: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    """Canonical JSON of `server.domain.terms.quorum`."""
    levels: Mapped[str] = mapped_column(String(100), default="", server_default="")
    """Names of the ways in which it may be signed, with spaces between; empty: all."""
    languages: Mapped[str] = mapped_column(String(40), default="de", server_default="de")
    """Tags with spaces between, the original's first."""
    archived_at: Mapped[datetime | None]
    withdrawal: Mapped[str] = mapped_column(Text, default="", server_default="")
    release_at: Mapped[datetime | None] = mapped_column(index=True)
    """When the public page opens; once it is sealed, what the clock is compared with."""
    confidential: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Holds the page back whatever the hour."""
    four_eyes: Mapped[bool] = mapped_column(default=True, server_default=true())
    """Two people move, stop or bring forward the hour, and correct or withdraw what is published."""
    retracted_at: Mapped[datetime | None]
    """When it was withdrawn after its publication."""


class AskedRow(Base):
    """A municipality that is asked to sign, whether somebody is invited for it yet or not."""

    __tablename__ = "asked"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), primary_key=True)


class SettingChangeRow(Base):
    """What a setting was before it was changed: the log names the change by digests."""

    __tablename__ = "setting_changes"
    __table_args__ = (Index(None, "declaration_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    section: Mapped[str] = mapped_column(String(20))
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class ParticipantRow(Base):
    """A person's role in a declaration; `ags` says for whom an editor drafts."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("declaration_id", "person_id", "role"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))


class FormerParticipantRow(Base):
    """Who took part once: what they wrote stays theirs. Kept apart, so that no query gives them a right."""

    __tablename__ = "former_participants"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    role: Mapped[str] = mapped_column(String(20))
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    removed_at: Mapped[datetime]


class WallRow(Base):
    """A link to the page for the hall. Only its token's hash is kept; `ended_at`: when it was taken back."""

    __tablename__ = "walls"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    """Who made it."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
