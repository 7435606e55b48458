"""What guards the doors: accounts at providers, answers that count once, limits of all processes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class IdentityRow(Base):
    """A person's account at a provider. Issuer and subject together never mean anybody else (OpenID Connect
    Core 1.0, section 2)."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    issuer: Mapped[str] = mapped_column(String(300))
    subject: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]


class AskerRow(Base):
    """A browser that asked for somebody's login link, by the hash of what binds it, and the keyed hash of the
    code that it was shown. Both are good for that person's links until they expire."""

    __tablename__ = "login_askers"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]


class SpentRow(Base):
    """Something that was answered and counts no more; kept until nobody would take it any longer."""

    __tablename__ = "spent"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime]


class LimitRow(Base):
    """A bucket of tokens shared by all processes, as the moment at which it is full again. `key` is a hash:
    addresses do not stand here."""

    __tablename__ = "limits"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    full_at: Mapped[datetime]
