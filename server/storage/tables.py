"""All tables. `migrations/` leads an empty database to these; a test compares the two."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from server.storage.types import UtcDateTime

SERIAL = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON}  # noqa: RUF012


class MunicipalityRow(Base):
    __tablename__ = "municipalities"
    ags: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    latitude: Mapped[float]
    longitude: Mapped[float]
    postcode: Mapped[str] = mapped_column(String(5))


class PersonRow(Base):
    __tablename__ = "persons"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    handle: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    """WebAuthn user handle: random, says nothing about the person."""
    created_at: Mapped[datetime]


class MandateRow(Base):
    __tablename__ = "mandates"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(100))
    since: Mapped[datetime]
    until: Mapped[datetime | None]


class LoginLinkRow(Base):
    __tablename__ = "login_links"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    next: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Base):
    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class DeclarationRow(Base):
    __tablename__ = "declarations"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    issuer: Mapped[str] = mapped_column(String(300))
    phase: Mapped[str] = mapped_column(String(20))
    deadline: Mapped[datetime | None]
    embargo: Mapped[datetime | None]
    created_at: Mapped[datetime]


class ParticipantRow(Base):
    """A person's role in a declaration; `ags` says for whom an editor drafts."""

    __tablename__ = "participants"
    __table_args__ = (UniqueConstraint("declaration_id", "person_id", "role"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    ags: Mapped[str | None] = mapped_column(ForeignKey("municipalities.ags"))


class UpdateRow(Base):
    """The update log of the live texts: Yjs v1 updates in the order in which they were committed."""

    __tablename__ = "updates"
    # Without AUTOINCREMENT, SQLite gives the ids of deleted rows again: what is written after a compaction
    # would stand below its mark and never be read.
    __table_args__ = (Index(None, "declaration_id", "id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(SERIAL, primary_key=True, autoincrement=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class UpdateBaseRow(Base):
    """The log up to and including `upto` in one update; later rows of `updates` come on top."""

    __tablename__ = "update_bases"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    upto: Mapped[int] = mapped_column(SERIAL)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class WriterRow(Base):
    """Attestation: which person wrote with which Yjs client id. The first to write with it owns it."""

    __tablename__ = "writers"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    client: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(Integer)
    """A person's id, or 0 for the service itself (it seeds the starter text)."""
    ags: Mapped[str | None] = mapped_column(String(8))
    first_at: Mapped[datetime]


class RevisionRow(Base):
    __tablename__ = "revisions"
    __table_args__ = (UniqueConstraint("declaration_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))
    fixed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    fixed_at: Mapped[datetime]


class PasskeyRow(Base):
    __tablename__ = "passkeys"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    cose_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    registration: Mapped[dict[str, Any]]
    """attestation object, client data, AAGUID, transports: kept whole for the evidence."""
    created_at: Mapped[datetime]


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
    attempts: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignOffRow(Base):
    __tablename__ = "sign_offs"
    __table_args__ = (UniqueConstraint("revision_id", "ags"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    ags: Mapped[str] = mapped_column(ForeignKey("municipalities.ags"))
    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    level: Mapped[str] = mapped_column(String(20))
    statement: Mapped[bytes] = mapped_column(LargeBinary)
    evidence: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]


class SignedCopyRow(Base):
    """What a signatory signed with a certificate of their own, byte for byte as it came back."""

    __tablename__ = "signed_copies"
    sign_off_id: Mapped[int] = mapped_column(ForeignKey("sign_offs.id"), primary_key=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)


class AuditEventRow(Base):
    """`entry` are the canonical bytes of the leaf; ids have no gaps within the log (assigned under lock)."""

    __tablename__ = "audit_events"
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    tag: Mapped[str] = mapped_column(String(60), index=True)
    declaration: Mapped[str] = mapped_column(String(80), index=True)
    actor: Mapped[int]
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary(32))


class FinalDocumentRow(Base):
    __tablename__ = "final_documents"
    declaration_id: Mapped[int] = mapped_column(ForeignKey("declarations.id"), primary_key=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revisions.id"))
    short_code: Mapped[str] = mapped_column(String(14), unique=True)
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    pdf_digest: Mapped[str] = mapped_column(String(64))
    sealed_by: Mapped[int] = mapped_column(ForeignKey("persons.id"))
    sealed_at: Mapped[datetime]
    archived_until: Mapped[datetime | None]
    """The end of the newest archive time stamp's certificate; nothing where the seal has none."""
    renewed_at: Mapped[datetime | None]


class MailRow(Base):
    """Mail waits here in the same transaction as the act that causes it, and is sent after the commit."""

    __tablename__ = "mails"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
