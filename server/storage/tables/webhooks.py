"""Webhooks, and what is sent to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.engine.types import SERIAL
from server.storage.tables.base import Base


class WebhookRow(Base):
    """Its secret is made from `salt` and the key of the service; it is stored nowhere."""

    __tablename__ = "webhooks"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    address: Mapped[str] = mapped_column(String(500))
    salt: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    """The first attempt in vain after the last success."""
    disabled_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When somebody removed it."""


class DeliveryRow(Base):
    """A message to one webhook. It is over once `ended_at` is set: `status` of the last answer says how."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (Index(None, "ended_at", "due_at"),)
    id: Mapped[int] = mapped_column(SERIAL, primary_key=True, autoincrement=True)
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhooks.id"), index=True)
    message: Mapped[str] = mapped_column(String(40))
    """Its id for the receiver, the same in every attempt and when it is sent again."""
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    attempted_at: Mapped[datetime | None]
    status: Mapped[int] = mapped_column(default=0, server_default="0")
    failure: Mapped[str] = mapped_column(String(20), default="", server_default="")
    claimed_by: Mapped[str | None] = mapped_column(String(16))
    claimed_until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
