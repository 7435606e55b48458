"""Mail that waits to be sent, and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

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
