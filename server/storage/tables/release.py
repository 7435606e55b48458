"""Sealed documents, and what is decided about the hour at which they become public."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class FinalDocumentRow(Base):
    __tablename__ = "final_documents"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    short_code: Mapped[str] = mapped_column(String(14), unique=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_digest: Mapped[str] = mapped_column(String(64))
    html: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The HTML edition; nothing for documents of before there was one."""
    html_digest: Mapped[str | None] = mapped_column(String(64))
    sealed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    sealed_at: Mapped[datetime]
    archived_until: Mapped[datetime | None]
    """The end of the newest archive time stamp's certificate; nothing where the seal has none."""
    renewed_at: Mapped[datetime | None]


class ReleaseProposalRow(Base):
    """A step that one person proposed and another settles; `outcome` is empty as long as it waits."""

    __tablename__ = "release_proposals"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    hour: Mapped[datetime | None]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    proposed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(20), default="", server_default="")
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]


class PressTemplateRow(Base):
    """A press release's template, where the coordination has changed it."""

    __tablename__ = "press_templates"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    changed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    changed_at: Mapped[datetime]


class PreviewRow(Base):
    """A link by which somebody without an account reads the declaration before its hour. Only its token's
    hash is kept; `name`: for whom it is; `ended_at`: when it was taken back."""

    __tablename__ = "previews"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    """Who made it."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class AnnexRow(Base):
    """The sealed annex of those who joined; `municipalities`: official keys with spaces between."""

    __tablename__ = "annexes"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    short_code: Mapped[str] = mapped_column(String(14), unique=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_digest: Mapped[str] = mapped_column(String(64))
    municipalities: Mapped[str] = mapped_column(Text)
    sealed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    sealed_at: Mapped[datetime]


class AccessionRow(Base):
    """A municipality that asks to join, or is invited to; `state` is one of `AccessionState`."""

    __tablename__ = "accessions"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"))
    state: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    """Of the mayor who would sign."""
    title: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime]
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the link by which who asked sees what became of it."""


class AddendumRow(Base):
    """An erratum or a withdrawal: `outcome` is empty as long as it waits for a second person, then "sealed"
    or "discarded". Number, code and file are there once it is sealed."""

    __tablename__ = "addenda"
    __table_args__ = (UniqueConstraint("declaration_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    corrections: Mapped[str] = mapped_column(Text)
    """JSON: a list of place, wrong, right."""
    proposed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    proposed_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(String(20), default="", server_default="")
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]
    number: Mapped[int | None]
    short_code: Mapped[str | None] = mapped_column(String(14), unique=True)
    pdf: Mapped[bytes | None] = mapped_column(LargeBinary)
    pdf_digest: Mapped[str | None] = mapped_column(String(64))
    sealed_at: Mapped[datetime | None]


class ReportEntryRow(Base):
    """What a municipality says about one commitment (a clause's printed number) in one year, as it stands."""

    __tablename__ = "report_entries"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), primary_key=True)
    clause: Mapped[str] = mapped_column(String(20), primary_key=True)
    progress: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    written_at: Mapped[datetime]


class ReportEditionRow(Base):
    """A yearly report as it was published; `entries` is JSON and never changes."""

    __tablename__ = "report_editions"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    year: Mapped[int]
    entries: Mapped[str] = mapped_column(Text)
    published_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    published_at: Mapped[datetime]
