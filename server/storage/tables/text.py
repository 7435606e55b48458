"""The texts of declarations: each a log of updates, and the revisions fixed from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.engine.types import SERIAL, LargeNumber
from server.storage.tables.base import Base

_ORIGINALS = text("kind = 'original'")


class TextRow(Base):
    """A declaration's original, or what is derived from it (`parent_id`)."""

    __tablename__ = "texts"
    # AUTOINCREMENT: browsers keep copies under a text's id, so none may be given a second time.
    __table_args__ = (
        Index(
            "uq_texts_original",
            "declaration_id",
            unique=True,
            sqlite_where=_ORIGINALS,
            postgresql_where=_ORIGINALS,
        ),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("texts.id"))
    language: Mapped[str] = mapped_column(String(35))
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class UpdateRow(Base):
    """The update log of the live texts: Yjs v1 updates in the order in which they were committed."""

    __tablename__ = "updates"
    # Without AUTOINCREMENT, SQLite gives the ids of deleted rows again: what is written after a compaction
    # would stand below its mark and never be read.
    __table_args__ = (Index(None, "text_id", "id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(SERIAL, primary_key=True, autoincrement=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class UpdateBaseRow(Base):
    """The log up to and including `upto` in one update; later rows of `updates` come on top."""

    __tablename__ = "update_bases"
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    upto: Mapped[int] = mapped_column(SERIAL)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    memory: Mapped[bytes | None] = mapped_column(LargeBinary)
    """What the rows held and `data` does not, as far as the rooms need it."""


class CheckpointRow(Base):
    """A state of a live text that is kept. `position`: of the log's last update that is in it."""

    __tablename__ = "checkpoints"
    __table_args__ = (UniqueConstraint("text_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    kind: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    position: Mapped[int] = mapped_column(SERIAL)
    letters: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    """Blocks with marks and proposals as JSON, compressed by zlib."""
    name: Mapped[str] = mapped_column(String(120), default="", server_default="")
    took_part: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    """JSON: keys of the municipalities that wrote since the state before, "" for the coordination."""
    scrubbed_at: Mapped[datetime | None]
    """When a passage was last taken out of it; the log says by whom."""


class VisitRow(Base):
    """Up to where somebody has seen a text, by positions of its log."""

    __tablename__ = "visits"
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    seen_at: Mapped[datetime]
    seen: Mapped[int] = mapped_column(SERIAL)
    before_at: Mapped[datetime | None]
    """When the visit before this one ended, and what they had seen then."""
    before: Mapped[int | None] = mapped_column(SERIAL)


class DecisionRow(Base):
    """What somebody decided about a suggestion, in words of the editor."""

    __tablename__ = "decisions"
    __table_args__ = (Index(None, "text_id", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    suggestion: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[str] = mapped_column(String(20))
    proposed_by: Mapped[int] = mapped_column(LargeNumber)
    """A person's id as the text says it, or 0: it may be anybody's word, so it is no reference."""
    municipality: Mapped[str] = mapped_column(String(200))
    words: Mapped[str] = mapped_column(String(400))
    decided_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    decided_at: Mapped[datetime]


class WriterRow(Base):
    """Attestation: which person wrote with which Yjs client id. The first to write with it owns it."""

    __tablename__ = "writers"
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    client: Mapped[int] = mapped_column(LargeNumber, primary_key=True, autoincrement=False)
    person_id: Mapped[int]
    """A person's id, or 0 for the service itself (it seeds the starter text)."""
    ags: Mapped[str | None] = mapped_column(String(8))
    first_at: Mapped[datetime]


class RevisionRow(Base):
    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("text_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    fixed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    fixed_at: Mapped[datetime]
    nature: Mapped[str] = mapped_column(String(20), default="", server_default="")
    change: Mapped[str] = mapped_column(Text, default="", server_default="")
    """What changed since the revision before and why, as the coordination says."""


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


class SectionRow(Base):
    """How far a section of a text is. `key`: of its heading (`server.sync.sections`). `digest`: of the words
    that were agreed, empty as long as they are not."""

    __tablename__ = "sections"
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))
    digest: Mapped[str] = mapped_column(String(64), default="", server_default="")
    agreed_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    agreed_at: Mapped[datetime | None]
