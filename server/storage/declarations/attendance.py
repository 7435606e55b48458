"""How many take part in a declaration, how many of them have been here, and who came to the text last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select

from server.storage.engine.types import Reader
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.people import PersonRow, SessionRow
from server.storage.tables.text import WriterRow

_ALL: Final = select(func.count(func.distinct(ParticipantRow.person_id))).where(
    ParticipantRow.declaration_id == bindparam("declaration")
)
_SEEN: Final = _ALL.where(ParticipantRow.person_id.in_(select(SessionRow.person_id)))
_LAST_WRITER: Final = (
    select(PersonRow.name, WriterRow.first_at)
    .join(PersonRow, PersonRow.id == WriterRow.person_id)
    .where(WriterRow.text_id == bindparam("text"))
    .order_by(WriterRow.first_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Attendance:
    """`seen`: persons who are or were signed in on some device. `last_writer`: whoever began to write last,
    with the time; None while nobody has."""

    invited: int
    seen: int
    last_writer: tuple[str, datetime] | None


def read_attendance(db: Reader, declaration_id: int, text_id: int) -> Attendance:
    invited = db.execute(_ALL, {"declaration": declaration_id}).scalar_one()
    seen = db.execute(_SEEN, {"declaration": declaration_id}).scalar_one()
    last = db.execute(_LAST_WRITER, {"text": text_id}).one_or_none()
    return Attendance(invited, seen, (last.name, last.first_at) if last else None)
