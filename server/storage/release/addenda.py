"""Errata and withdrawals: what waits for a second person, and the sealed files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.release.addenda import (
    Addendum,
    AddendumKind,
    Correction,
    Draft,
    corrections_json,
    parse_corrections,
)
from server.storage.engine.types import Reader
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.people import PersonRow
from server.storage.tables.release import AddendumRow, FinalDocumentRow
from server.storage.tables.text import RevisionRow

_WAITING: Final = (
    select(
        AddendumRow.id,
        AddendumRow.kind,
        AddendumRow.reason,
        AddendumRow.corrections,
        AddendumRow.proposed_by,
        PersonRow.name,
        AddendumRow.proposed_at,
    )
    .join(PersonRow, PersonRow.id == AddendumRow.proposed_by)
    .where(AddendumRow.declaration_id == bindparam("declaration"), AddendumRow.outcome == "")
    .order_by(AddendumRow.id.desc())
    .limit(1)
)
_SEALED: Final = (
    select(
        AddendumRow.declaration_id,
        AddendumRow.number,
        AddendumRow.kind,
        AddendumRow.reason,
        AddendumRow.corrections,
        AddendumRow.short_code,
        AddendumRow.pdf_digest,
        AddendumRow.sealed_at,
        func.length(AddendumRow.pdf).label("size"),
    )
    .where(AddendumRow.outcome == "sealed")
    .order_by(AddendumRow.declaration_id, AddendumRow.number)
)
_OF_DECLARATION: Final = _SEALED.where(AddendumRow.declaration_id == bindparam("declaration"))


_BY_TEXT: Final = (
    _SEALED.add_columns(DeclarationRow.slug, RevisionRow.digest.label("text_digest"))
    .join(DeclarationRow, DeclarationRow.id == AddendumRow.declaration_id)
    .join(FinalDocumentRow, FinalDocumentRow.declaration_id == AddendumRow.declaration_id)
    .join(RevisionRow, RevisionRow.id == FinalDocumentRow.revision_id)
    .order_by(None)
    .order_by(AddendumRow.id.desc())
    .limit(bindparam("limit"))
)
MAX_LISTED: Final = 500


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """`by`: the person's id, `name` theirs."""

    id: int
    draft: Draft
    by: int
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AddendumHead:
    """A sealed one without its bytes. `size` in bytes."""

    declaration_id: int
    number: int
    draft: Draft
    short_code: str
    pdf_digest: str
    sealed_at: datetime
    size: int

    @property
    def kind(self) -> AddendumKind:
        return self.draft.kind

    @property
    def is_withdrawal(self) -> bool:
        return self.kind is AddendumKind.WITHDRAWAL

    @property
    def page(self) -> str:
        """Of the file, relative to the declaration's public address."""
        return "zurueckziehung.pdf" if self.is_withdrawal else f"berichtigung/{self.number}.pdf"

    @property
    def anchor(self) -> str:
        """On the public page."""
        return "zurueckziehung" if self.is_withdrawal else f"berichtigung-{self.number}"


@dataclass(frozen=True, slots=True)
class AddendumFile:
    declaration_id: int
    number: int
    kind: AddendumKind
    short_code: str
    pdf: bytes
    pdf_digest: str
    sealed_at: datetime


def read_waiting(db: Reader, declaration_id: int) -> WaitingDraft | None:
    row = db.execute(_WAITING, {"declaration": declaration_id}).one_or_none()
    if row is None:
        return None
    return WaitingDraft(row.id, _draft(row), row.proposed_by, row.name, row.proposed_at)


def read_addenda(db: Reader, declaration_id: int) -> list[AddendumHead]:
    """In their order."""
    return [_head(row) for row in db.execute(_OF_DECLARATION, {"declaration": declaration_id})]


def read_by_text(db: Reader) -> list[tuple[str, str, AddendumHead]]:
    """Of all declarations, newest first: digest of the text that they are about, slug, and the addendum. All
    of it is public."""
    rows = db.execute(_BY_TEXT, {"limit": MAX_LISTED})
    return [(row.text_digest, row.slug, _head(row)) for row in rows]


def _draft(row: Row[*tuple[Any, ...]]) -> Draft:
    return Draft(AddendumKind(row.kind), row.reason, _corrections(row.corrections))


def _corrections(stored: str) -> tuple[Correction, ...]:
    return parse_corrections(json.loads(stored))


def _head(row: Row[*tuple[Any, ...]]) -> AddendumHead:
    return AddendumHead(
        row.declaration_id,
        row.number,
        _draft(row),
        row.short_code,
        row.pdf_digest,
        row.sealed_at,
        row.size,
    )


async def append_draft(
    db: AsyncSession, declaration_id: int, draft: Draft, person_id: int, now: datetime
) -> int:
    row = AddendumRow(
        declaration_id=declaration_id,
        kind=draft.kind.value,
        reason=draft.reason,
        corrections=json.dumps(corrections_json(draft.corrections), ensure_ascii=False),
        proposed_by=person_id,
        proposed_at=now,
    )
    db.add(row)
    await db.flush()
    return row.id


async def discard(
    db: AsyncSession, declaration_id: int, draft_id: int, person_id: int, now: datetime
) -> bool:
    """False where it does not wait any more, or is not of this declaration."""
    return await _settle(
        db, declaration_id, draft_id, {"outcome": "discarded", "settled_by": person_id, "settled_at": now}
    )


async def store_sealed(
    db: AsyncSession, draft_id: int, addendum: Addendum, file: AddendumFile, person_id: int
) -> bool:
    """False where it does not wait any more."""
    values: dict[str, object] = {
        "outcome": "sealed",
        "settled_by": person_id,
        "settled_at": addendum.at,
        "number": addendum.number,
        "short_code": file.short_code,
        "pdf": file.pdf,
        "pdf_digest": file.pdf_digest,
        "sealed_at": file.sealed_at,
    }
    return await _settle(db, file.declaration_id, draft_id, values)


async def _settle(db: AsyncSession, declaration_id: int, draft_id: int, values: dict[str, object]) -> bool:
    settled = await db.execute(
        update(AddendumRow)
        .where(
            AddendumRow.id == draft_id,
            AddendumRow.declaration_id == declaration_id,
            AddendumRow.outcome == "",
        )
        .values(**values)
        .returning(AddendumRow.id)
    )
    return settled.first() is not None


async def list_files(db: AsyncSession, declaration_id: int) -> list[AddendumFile]:
    """In their order."""
    query = (
        select(AddendumRow)
        .where(AddendumRow.declaration_id == declaration_id, AddendumRow.outcome == "sealed")
        .order_by(AddendumRow.number)
    )
    return [file for row in await db.scalars(query) if (file := _to_file(row)) is not None]


async def find_addendum_by_code(db: AsyncSession, code: str) -> AddendumFile | None:
    return _to_file(await db.scalar(select(AddendumRow).where(AddendumRow.short_code == code)))


def _to_file(row: AddendumRow | None) -> AddendumFile | None:
    if row is None or row.pdf is None or row.number is None or row.sealed_at is None:
        return None
    return AddendumFile(
        row.declaration_id,
        row.number,
        AddendumKind(row.kind),
        row.short_code or "",
        row.pdf,
        row.pdf_digest or "",
        row.sealed_at,
    )
