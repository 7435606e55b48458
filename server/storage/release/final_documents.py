"""Sealed PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.engine.types import Reader
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.release import AddendumRow, AnnexRow, FinalDocumentRow
from server.storage.tables.text import RevisionRow


@dataclass(frozen=True, slots=True)
class FinalDocument:
    """`pdf_digest`: SHA-256 of the file, hexadecimal. `archived_until`: when the certificate of the newest
    archive time stamp ends; None for a file without one. `html` is the HTML edition and `html_digest` its
    SHA-256, both empty for documents of before there was one."""

    declaration_id: int
    revision_id: int
    short_code: str
    pdf: bytes
    pdf_digest: str
    sealed_at: datetime
    archived_until: datetime | None = None
    html: bytes = b""
    html_digest: str = ""


def _to_final(row: FinalDocumentRow) -> FinalDocument:
    return FinalDocument(
        row.declaration_id,
        row.revision_id,
        row.short_code,
        row.pdf,
        row.pdf_digest,
        row.sealed_at,
        row.archived_until,
        row.html or b"",
        row.html_digest or "",
    )


async def find_final(db: AsyncSession, declaration_id: int) -> FinalDocument | None:
    row = await db.get(FinalDocumentRow, declaration_id)
    return _to_final(row) if row else None


_HAS_EDITION: Final = select(FinalDocumentRow.html_digest).where(
    FinalDocumentRow.declaration_id == bindparam("declaration")
)


def has_edition(db: Reader, declaration_id: int) -> bool:
    """Documents of before there was an HTML edition have none."""
    return bool(db.execute(_HAS_EDITION, {"declaration": declaration_id}).scalar_one_or_none())


async def find_by_short_code(db: AsyncSession, code: str) -> FinalDocument | None:
    row = await db.scalar(select(FinalDocumentRow).where(FinalDocumentRow.short_code == code))
    return _to_final(row) if row else None


async def append_final(db: AsyncSession, document: FinalDocument, sealed_by: int) -> None:
    db.add(
        FinalDocumentRow(
            declaration_id=document.declaration_id,
            revision_id=document.revision_id,
            short_code=document.short_code,
            pdf=document.pdf,
            pdf_digest=document.pdf_digest,
            sealed_by=sealed_by,
            sealed_at=document.sealed_at,
            archived_until=document.archived_until,
            html=document.html or None,
            html_digest=document.html_digest or None,
        )
    )
    await db.flush()


async def replace_pdf(db: AsyncSession, old: FinalDocument, new: FinalDocument, now: datetime) -> bool:
    """The same document with more at its end. False when the stored file is no longer `old`: somebody
    was faster, and nothing is changed."""
    replaced = await db.execute(
        update(FinalDocumentRow)
        .where(
            FinalDocumentRow.declaration_id == old.declaration_id,
            FinalDocumentRow.pdf_digest == old.pdf_digest,
        )
        .values(pdf=new.pdf, pdf_digest=new.pdf_digest, archived_until=new.archived_until, renewed_at=now)
        .returning(FinalDocumentRow.declaration_id)
    )
    return replaced.first() is not None


async def list_ending(db: AsyncSession, before: datetime) -> list[tuple[str, datetime]]:
    """Slug and end of the documents whose newest archive time stamp ends before that time, soonest first."""
    query = (
        select(DeclarationRow.slug, FinalDocumentRow.archived_until)
        .join(DeclarationRow, DeclarationRow.id == FinalDocumentRow.declaration_id)
        .where(FinalDocumentRow.archived_until < before)
        .order_by(FinalDocumentRow.archived_until, DeclarationRow.slug)
    )
    return [(slug, until) for slug, until in await db.execute(query) if until is not None]


async def list_sealed(db: AsyncSession) -> list[int]:
    """The ids of the declarations that have a final document."""
    query = select(FinalDocumentRow.declaration_id).order_by(FinalDocumentRow.declaration_id)
    return list(await db.scalars(query))


async def list_files_of(db: AsyncSession, text_digest: str) -> list[bytes]:
    """The sealed document with that text, its annexes and addenda."""
    declarations = (
        select(FinalDocumentRow.declaration_id)
        .join(RevisionRow, RevisionRow.id == FinalDocumentRow.revision_id)
        .where(RevisionRow.digest == text_digest)
    )
    found: list[bytes] = []
    for table in (FinalDocumentRow, AnnexRow, AddendumRow):
        files = await db.scalars(select(table.pdf).where(table.declaration_id.in_(declarations)))
        found += [pdf for pdf in files if pdf]  # an addendum that waits has none
    return found
