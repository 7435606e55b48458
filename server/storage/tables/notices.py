"""Mail that waits to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class MailRow(Base):
    """Mail waits here in the same transaction as the act that causes it, and is sent after the commit.

    `claimed_by` is the process that is sending it; after `claimed_until` another may. `refusals` counts how
    often the mail server did not take it.
    """

    __tablename__ = "mails"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    refusals: Mapped[int] = mapped_column(default=0, server_default="0")
    claimed_by: Mapped[str | None] = mapped_column(String(16))
    claimed_until: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    """Not before; None: at once."""
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
