"""The register of municipalities: added to and corrected from a table, all rows or none; and what becomes of
one that is merged. What was signed keeps the name that it was signed under: statements hold it."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence

from server.actions.services import Services
from server.documents.printable import unprintable
from server.domain.audit import Tag
from server.domain.canonical import canonical_bytes
from server.domain.errors import InvalidInput, NotAllowed
from server.domain.people.invitations.errors import EmptyTable, FaultyRows
from server.domain.people.persons import Person
from server.domain.people.register_rows import RegisterRow, RowProblem, judge_register
from server.domain.person_rights import may_create_declarations
from server.domain.sentences import N_
from server.spreadsheets.lines import read_table
from server.storage.people import register


async def look_through(services: Services, *, actor: Person, data: bytes) -> list[RegisterRow]:
    """Raises NotAllowed, and what `read_table` raises."""
    if not may_create_declarations(actor):
        raise NotAllowed()
    known = await services.database.ask(register.read_all_names)
    return await asyncio.to_thread(_judge, data, known)


def _judge(data: bytes, known: dict[str, str]) -> list[RegisterRow]:
    lines = [(line.number, line.cells) for line in read_table(data)]
    return [_printable(row) for row in judge_register(lines, known)]


def _printable(row: RegisterRow) -> RegisterRow:
    """The document prints the name."""
    if row.entry is None or not unprintable(row.entry.town.name):
        return row
    text = N_("The document's typeface lacks a character of this name.")
    return RegisterRow(row.line, row.cells, None, [RowProblem(text)])


async def take_over(services: Services, *, actor: Person, data: bytes) -> int:
    """Returns how many. Raises NotAllowed, FaultyRows, EmptyTable, and what `read_table` raises."""
    rows = await look_through(services, actor=actor, data=data)
    if faulty := [row for row in rows if row.entry is None]:
        raise FaultyRows(count=len(faulty))
    entries = [row.entry for row in rows if row.entry is not None]
    if not entries:
        raise EmptyTable()
    async with services.account_act(actor) as act:
        await register.put_entries(act.db, entries)
        act.record(Tag.REGISTER_IMPORT, {"count": len(entries), "sha256": _digest(rows)})
    return len(entries)


async def merge(services: Services, *, actor: Person, ags: str, successor: str) -> None:
    """From now on nobody new is asked under the former key. Raises NotAllowed, InvalidInput."""
    if not may_create_declarations(actor):
        raise NotAllowed()
    async with services.account_act(actor) as act:
        if ags == successor or not await register.end_entry(act.db, ags, successor, act.now):
            raise InvalidInput(field="successor")
        act.record(Tag.REGISTER_MERGE, {"ags": ags, "successor": successor})


def _digest(rows: Sequence[RegisterRow]) -> str:
    return hashlib.sha256(canonical_bytes([list(row.cells) for row in rows])).hexdigest()
