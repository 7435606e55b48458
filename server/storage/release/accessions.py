"""Municipalities that ask to join what is published, and the sealed annexes of those who did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.release.accessions import AccessionRequest, AccessionState
from server.storage.engine.types import Reader
from server.storage.people.sessions import hash_token
from server.storage.release.addenda import find_addendum_by_code
from server.storage.release.final_documents import FinalDocument, find_by_short_code
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.people import MunicipalityRow
from server.storage.tables.release import AccessionRow, AnnexRow

_REQUESTS: Final = (
    select(
        AccessionRow.id,
        AccessionRow.ags,
        MunicipalityRow.name.label("municipality"),
        AccessionRow.state,
        AccessionRow.name,
        AccessionRow.title,
        AccessionRow.email,
        AccessionRow.asked_at,
    )
    .join(MunicipalityRow, MunicipalityRow.ags == AccessionRow.ags)
    .order_by(AccessionRow.id.desc())
)
_OF_DECLARATION: Final = _REQUESTS.where(AccessionRow.declaration_id == bindparam("declaration"))
_BY_TOKEN: Final = (
    _REQUESTS.add_columns(DeclarationRow.slug)
    .join(DeclarationRow, DeclarationRow.id == AccessionRow.declaration_id)
    .where(AccessionRow.token_hash == bindparam("token_hash"))
)
_ANNEXES: Final = (
    select(
        AnnexRow.number,
        AnnexRow.short_code,
        AnnexRow.pdf_digest,
        AnnexRow.municipalities,
        AnnexRow.sealed_at,
        func.length(AnnexRow.pdf).label("size"),
    )
    .where(AnnexRow.declaration_id == bindparam("declaration"))
    .order_by(AnnexRow.number)
)


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """Without its bytes."""

    number: int
    short_code: str
    pdf_digest: str
    keys: tuple[str, ...]
    sealed_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class AnnexFile:
    declaration_id: int
    number: int
    short_code: str
    pdf: bytes
    pdf_digest: str
    sealed_at: datetime


def read_requests(db: Reader, declaration_id: int) -> list[AccessionRequest]:
    """Newest first."""
    rows = db.execute(_OF_DECLARATION, {"declaration": declaration_id})
    return [_to_request(row) for row in rows]


def find_by_token(db: Reader, token: str) -> tuple[AccessionRequest, str] | None:
    """With the declaration's slug."""
    row = db.execute(_BY_TOKEN, {"token_hash": hash_token(token)}).one_or_none()
    if row is None:
        return None
    return _to_request(row), row.slug


def _to_request(row: Row[*tuple[Any, ...]]) -> AccessionRequest:
    return AccessionRequest(
        row.id,
        row.ags,
        row.municipality,
        AccessionState(row.state),
        row.name,
        row.title,
        row.email,
        row.asked_at,
    )


async def append_request(
    db: AsyncSession,
    declaration_id: int,
    ags: str,
    who: tuple[str, str, str],
    state: AccessionState,
    token: str,
    now: datetime,
) -> int:
    """`who`: name, title and address of the mayor."""
    name, title, email = who
    row = AccessionRow(
        declaration_id=declaration_id,
        ags=ags,
        state=state.value,
        name=name,
        title=title,
        email=email,
        asked_at=now,
        token_hash=hash_token(token),
    )
    db.add(row)
    await db.flush()
    return row.id


async def settle(
    db: AsyncSession,
    declaration_id: int,
    accession_id: int,
    before: AccessionState,
    after: AccessionState,
    person_id: int,
    now: datetime,
) -> bool:
    """False where it is not in the state any more, or not of this declaration."""
    settled = await db.execute(
        update(AccessionRow)
        .where(
            AccessionRow.id == accession_id,
            AccessionRow.declaration_id == declaration_id,
            AccessionRow.state == before.value,
        )
        .values(state=after.value, settled_by=person_id, settled_at=now)
        .returning(AccessionRow.id)
    )
    return settled.first() is not None


async def note_joined(db: AsyncSession, declaration_id: int, keys: Sequence[str]) -> None:
    await db.execute(
        update(AccessionRow)
        .where(
            AccessionRow.declaration_id == declaration_id,
            AccessionRow.ags.in_(keys),
            AccessionRow.state == AccessionState.INVITED.value,
        )
        .values(state=AccessionState.JOINED.value)
    )


def read_annexes(db: Reader, declaration_id: int) -> list[AnnexHead]:
    """In their order."""
    return [
        AnnexHead(
            row.number,
            row.short_code,
            row.pdf_digest,
            tuple(row.municipalities.split()),
            row.sealed_at,
            row.size,
        )
        for row in db.execute(_ANNEXES, {"declaration": declaration_id})
    ]


async def append_annex(
    db: AsyncSession, annex: AnnexFile, municipalities: Sequence[str], sealed_by: int
) -> None:
    db.add(
        AnnexRow(
            declaration_id=annex.declaration_id,
            number=annex.number,
            short_code=annex.short_code,
            pdf=annex.pdf,
            pdf_digest=annex.pdf_digest,
            municipalities=" ".join(municipalities),
            sealed_by=sealed_by,
            sealed_at=annex.sealed_at,
        )
    )
    await db.flush()


async def find_annex(db: AsyncSession, declaration_id: int, number: int) -> AnnexFile | None:
    return _to_file(await db.get(AnnexRow, (declaration_id, number)))


async def find_by_code(db: AsyncSession, code: str) -> FinalDocument | None:
    """The sealed declaration with that short code, or an annex or an addendum, which are looked up as
    they are."""
    if (document := await find_by_short_code(db, code)) is not None:
        return document
    annex = _to_file(await db.scalar(select(AnnexRow).where(AnnexRow.short_code == code)))
    found = annex or await find_addendum_by_code(db, code)
    if found is None:
        return None
    return FinalDocument(
        found.declaration_id, 0, found.short_code, found.pdf, found.pdf_digest, found.sealed_at
    )


def _to_file(row: AnnexRow | None) -> AnnexFile | None:
    if row is None:
        return None
    return AnnexFile(row.declaration_id, row.number, row.short_code, row.pdf, row.pdf_digest, row.sealed_at)
