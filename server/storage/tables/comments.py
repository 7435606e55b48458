"""Comments on passages of a text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class ThreadRow(Base):
    """`key`: id of the mark in the live text. `stamp` numbers the changes of all threads of the text."""

    __tablename__ = "threads"
    __table_args__ = (UniqueConstraint("text_id", "key"), Index(None, "text_id", "stamp"))
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    key: Mapped[str] = mapped_column(String(64))
    quote: Mapped[str] = mapped_column(Text)
    """The words of the passage when it was opened."""
    suggestion: Mapped[str] = mapped_column(String(64), default="", server_default="")
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    stamp: Mapped[int]


class CommentRow(Base):
    """`ags`: for whom the author drafted then; `for_ags` and `channel`: who said it, where somebody else
    wrote it down."""

    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    for_ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    channel: Mapped[str] = mapped_column(String(20), default="", server_default="")
    guest: Mapped[str] = mapped_column(String(60), default="", server_default="")
    """Whose words they are: a name that a participant of a workshop typed."""
    from_file: Mapped[str | None] = mapped_column(String(120))
    """Who said it according to the file that the author brought; empty: the file names nobody, None: it came
    with none."""
    body: Mapped[str] = mapped_column(Text)
    """Empty once it is removed."""
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class MentionRow(Base):
    """A person or a municipality that a comment calls."""

    __tablename__ = "mentions"
    id: Mapped[int] = mapped_column(primary_key=True)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
