"""Mail that waits to be sent and what became of it; what people want to be sent; reminders; messages
to other systems."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.engine.types import SERIAL
from server.storage.tables.base import Base


class MailRow(Base):
    """Mail waits here in the same transaction as the act that causes it, and is sent after the commit.

    `claimed_by` is the process that is sending it; after `claimed_until` another may. `refusals` counts how
    often the mail server did not take it, `reason` is what it or a bounce said last: a code, no words.
    """

    __tablename__ = "mails"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    """The left part of the Message-ID."""
    reply_to: Mapped[str | None] = mapped_column(String(32))
    """The key of the mail that this one reminds of."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    declaration_id: Mapped[int | None] = mapped_column(ForeignKey("declarations.id"), index=True)
    recipient: Mapped[str] = mapped_column(String(254))
    notice: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    """The notice's fields. Empty once it has left or never will: they hold links and codes."""
    created_at: Mapped[datetime]
    refusals: Mapped[int] = mapped_column(default=0, server_default="0")
    claimed_by: Mapped[str | None] = mapped_column(String(16))
    claimed_until: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    """Not before; None: at once."""
    expires_at: Mapped[datetime | None]
    """Not after; None: it is of use for as long as it takes."""
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    """When it was given up, or came back."""
    reason: Mapped[str | None] = mapped_column(String(100))


class NoticeChoiceRow(Base):
    """What a person has chosen for a kind of notice. No row: as usual."""

    __tablename__ = "notice_choices"
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    pace: Mapped[str] = mapped_column(String(10))


class DigestItemRow(Base):
    """A notice that waits for its person's next daily mail, in the transaction of which it is deleted."""

    __tablename__ = "digest_items"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    notice: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class DeadlineNoticeRow(Base):
    """That a deadline was announced so many days ahead: once, whichever process does it."""

    __tablename__ = "deadline_notices"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    deadline: Mapped[datetime] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ReminderRow(Base):
    """What the coordination wrote to those who had not answered."""

    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    """Who sent it."""
    audience: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


class ReminderRecipientRow(Base):
    __tablename__ = "reminder_recipients"
    reminder_id: Mapped[int] = mapped_column(ForeignKey("reminders.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True, index=True)


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
