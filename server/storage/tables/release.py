"""Sealed documents, and what is decided about the hour at which they become public."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
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
