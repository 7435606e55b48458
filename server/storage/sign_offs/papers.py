"""Decisions on paper that were recorded, and their scans."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.sign_offs.papers import PaperRecord, PaperState, Scan, ScanType
from server.storage.engine.types import Reader
from server.storage.people.municipalities import MUNICIPALITY, to_municipality
from server.storage.tables.people import MunicipalityRow
from server.storage.tables.sign_offs import PaperRow

_RECORDS: Final = select(
    PaperRow.id,
    PaperRow.declaration_id,
    PaperRow.revision_id,
    PaperRow.mandate_id,
    PaperRow.person_id,
    *MUNICIPALITY,
    PaperRow.recorded_by,
    PaperRow.recorded_at,
    PaperRow.decided_on,
    PaperRow.statement,
    PaperRow.replaces,
    PaperRow.note,
    PaperRow.scan_type,
    PaperRow.scan_digest,
    PaperRow.state,
).join(MunicipalityRow, MunicipalityRow.ags == PaperRow.ags)
"""Without the scans: they are large."""


async def append_record(db: AsyncSession, record: PaperRecord, scan: bytes) -> int:
    """Returns its id; `record.id` is not looked at."""
    values = {
        "declaration_id": record.declaration_id,
        "revision_id": record.revision_id,
        "mandate_id": record.mandate_id,
        "person_id": record.person_id,
        "ags": record.municipality.ags,
        "recorded_by": record.recorded_by,
        "recorded_at": record.recorded_at,
        "decided_on": record.decided_on,
        "statement": record.statement,
        "replaces": record.replaces,
        "note": record.note,
        "scan": scan,
        "scan_type": record.scan_type.value,
        "scan_digest": record.scan_digest,
        "state": record.state.value,
    }
    return int(await db.scalar(insert(PaperRow).values(values).returning(PaperRow.id)) or 0)


async def find_record(db: AsyncSession, declaration_id: int, record_id: int) -> PaperRecord | None:
    """Within the declaration; its row is held until the transaction ends."""
    query = _RECORDS.where(PaperRow.declaration_id == declaration_id, PaperRow.id == record_id)
    row = (await db.execute(query.with_for_update(of=PaperRow))).one_or_none()
    return _to_record(row) if row else None


def read_record(db: Reader, declaration_id: int, record_id: int) -> PaperRecord | None:
    query = _RECORDS.where(PaperRow.declaration_id == declaration_id, PaperRow.id == record_id)
    row = db.execute(query).one_or_none()
    return _to_record(row) if row else None


def read_records(db: Reader, declaration_id: int) -> list[PaperRecord]:
    """All of a declaration, newest first."""
    query = _RECORDS.where(PaperRow.declaration_id == declaration_id).order_by(PaperRow.id.desc())
    return [_to_record(row) for row in db.execute(query)]


def read_scan(db: Reader, record_id: int) -> Scan | None:
    """None where it is no longer kept."""
    row = db.execute(select(PaperRow.scan_type, PaperRow.scan).where(PaperRow.id == record_id)).one()
    return Scan(ScanType(row.scan_type), row.scan) if row.scan else None


async def settle(
    db: AsyncSession, record_id: int, state: PaperState, person_id: int, now: datetime, sign_off: int | None
) -> None:
    """`sign_off`: what came of it. Nothing is kept of a discarded scan but its digest."""
    values: dict[str, object] = {
        "state": state.value,
        "settled_by": person_id,
        "settled_at": now,
        "sign_off_id": sign_off,
    }
    if state is PaperState.DISCARDED:
        values["scan"] = b""
    await db.execute(update(PaperRow).where(PaperRow.id == record_id).values(values))


def _to_record(row: Row[*tuple[Any, ...]]) -> PaperRecord:
    return PaperRecord(
        id=row.id,
        declaration_id=row.declaration_id,
        revision_id=row.revision_id,
        mandate_id=row.mandate_id,
        person_id=row.person_id,
        municipality=to_municipality(row),
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        decided_on=row.decided_on,
        statement=row.statement,
        replaces=row.replaces,
        note=row.note,
        scan_type=ScanType(row.scan_type),
        scan_digest=row.scan_digest,
        state=PaperState(row.state),
    )
