"""Sealed PDFs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables import FinalDocumentRow


@dataclass(frozen=True, slots=True)
class FinalDocument:
    """`pdf_digest`: SHA-256 of the file, hexadecimal."""

    declaration_id: int
    revision_id: int
    short_code: str
    pdf: bytes
    pdf_digest: str
    sealed_at: datetime


def _to_final(row: FinalDocumentRow) -> FinalDocument:
    return FinalDocument(
        row.declaration_id, row.revision_id, row.short_code, row.pdf, row.pdf_digest, row.sealed_at
    )


async def find_final(db: AsyncSession, declaration_id: int) -> FinalDocument | None:
    row = await db.get(FinalDocumentRow, declaration_id)
    return _to_final(row) if row else None


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
        )
    )
    await db.flush()
