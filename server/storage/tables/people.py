"""Municipalities, persons, their mandates, and how they sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, false
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.people.languages import DEFAULT
from server.storage.engine.types import LargeNumber
from server.storage.tables.base import Base


class MunicipalityRow(Base):
    __tablename__ = "municipalities"
    ags: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    latitude: Mapped[float]
    longitude: Mapped[float]
    postcode: Mapped[str] = mapped_column(String(5))
    district: Mapped[str] = mapped_column(String(100), default="", server_default="")
    inhabitants: Mapped[int | None]
    ended_at: Mapped[datetime | None]
    """Merged or renamed since; what was signed under the name stays."""
    successor: Mapped[str | None] = mapped_column(String(8))
    """The key of the one it has become, or has become part of."""


class PersonRow(Base):
    __tablename__ = "persons"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    handle: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """WebAuthn user handle: random, says nothing about the person."""
    language: Mapped[str] = mapped_column(String(2), default=DEFAULT, server_default=DEFAULT)
    """In which mail to them is written."""
    may_create: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Declarations, beside their roles in any."""
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]
    """Last; sessions are forgotten when they end."""
    knows_help_at: Mapped[datetime | None]
    """Since when the hint of the first visit is gone."""


class MandateRow(Base):
    """Counts in one declaration: who runs another cannot let somebody sign in this one."""

    __tablename__ = "mandates"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(100))
    since: Mapped[datetime]
    until: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """Why it is for a time (holidays, vacant office …)."""
    rank: Mapped[int] = mapped_column(default=1, server_default="1")
    """Of deputies, the first before the second."""


class LoginLinkRow(Base):
    __tablename__ = "login_links"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    next: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    guarded: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Asked for in a browser: any other has to bring the code shown there."""
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
    """Sent with the request to sign this revision."""


class SessionRow(Base):
    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    """Later with every use, up to the limit of all sessions."""
    last_used_at: Mapped[datetime]
    proven_at: Mapped[datetime]
    """When the person last proved who they are: by a link, a code or a passkey."""
    device: Mapped[str] = mapped_column(String(40), default="", server_default="")
    """Browser and system by name, `Firefox/Windows`; nothing else of what the browser says is kept."""


class PasskeyRow(Base):
    __tablename__ = "passkeys"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    cose_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(LargeNumber)
    registration: Mapped[dict[str, Any]]
    """attestation object, client data, AAGUID, transports: kept whole for the evidence."""
    created_at: Mapped[datetime]
    name: Mapped[str] = mapped_column(String(60), default="", server_default="")
    last_used_at: Mapped[datetime | None]
