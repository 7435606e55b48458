"""What was asked of signatories, and what they answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.storage.tables.base import Base


class ChallengeRow(Base):
    """Something asked of a person that waits for their answer, once: a passkey to register, a statement
    to sign. `secret_hash` is the e-mail code's hash; `statement` the canonical bytes to be signed; `document`
    the PDF that was handed out to be signed."""

    __tablename__ = "challenges"
    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revisions.id"))
    mandate_id: Mapped[int | None] = mapped_column(ForeignKey("mandates.id"))
    challenge: Mapped[bytes] = mapped_column(LargeBinary)
    statement: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret_hash: Mapped[str | None] = mapped_column(String(64))
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    replaces: Mapped[int | None]
    """The newest act of the municipality that was shown with the question; nothing where there was none."""
    note: Mapped[str] = mapped_column(Text, default="", server_default="")
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignOffRow(Base):
    """Rows are only added. `number` counts what a municipality answered to a revision, from 1: of two at the
    same time one is refused. `note` is for the coordination only."""

    __tablename__ = "sign_offs"
    __table_args__ = (UniqueConstraint("revision_id", "ags", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    level: Mapped[str] = mapped_column(String(20))
    statement: Mapped[bytes] = mapped_column(LargeBinary)
    evidence: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    note: Mapped[str] = mapped_column(Text, default="", server_default="")


class WithdrawalRow(Base):
    """A sign-off taken back, once. The sign-off stays as it is."""

    __tablename__ = "withdrawals"
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    at: Mapped[datetime]


class SignedCopyRow(Base):
    """What a signatory signed with a certificate of their own, byte for byte as it came back."""

    __tablename__ = "signed_copies"
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)


class PaperRow(Base):
    """A decision on paper, recorded with its scan. It counts as soon as a second person has confirmed it; of
    what is discarded the scan is not kept. `state` is a `PaperState`."""

    __tablename__ = "papers"
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"))
    recorded_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    recorded_at: Mapped[datetime]
    decided_on: Mapped[str] = mapped_column(String(10))
    statement: Mapped[bytes] = mapped_column(LargeBinary)
    replaces: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    scan: Mapped[bytes] = mapped_column(LargeBinary)
    scan_type: Mapped[str] = mapped_column(String(20))
    scan_digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("persons.id"))
    settled_at: Mapped[datetime | None]
    sign_off_id: Mapped[int | None] = mapped_column(ForeignKey("sign_offs.id"))


class OfficeNoteRow(Base):
    """What a municipality's office leaves on the brief of who signs; only the newest is kept. `number` counts
    the states: of two who write at the same time one is asked to look again."""

    __tablename__ = "office_notes"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), primary_key=True)
    number: Mapped[int]
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    written_at: Mapped[datetime]
    words: Mapped[str] = mapped_column(Text)
    questions: Mapped[str] = mapped_column(Text)


class CouncilMeetingRow(Base):
    """That a council decides about an answer on a day that is known: the morning after, who answered is
    asked to confirm it, once."""

    __tablename__ = "council_meetings"
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), index=True)
    reminded_at: Mapped[datetime | None]
