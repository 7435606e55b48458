"""What is prepared unseen, and the batches that came of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class BranchRow(Base):
    """`id` is its text's, and refers to nothing: once a branch is shared, its text with all that was written
    and taken back in it is gone. `proposals`: ids of suggestions with spaces between."""

    __tablename__ = "branches"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    proposals: Mapped[str] = mapped_column(Text, default="", server_default="")
    created_at: Mapped[datetime]
    shared_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    shared_at: Mapped[datetime | None]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    """Who last put it off or had it come back."""
    settled_at: Mapped[datetime | None]
    discarded_at: Mapped[datetime | None]
