"""The rows that somebody brought, from the paste to the import. Nothing is sent, and nobody is added."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.documents.printable import unprintable
from server.domain.people.invitations.columns import Column, by_order, pick, read_headings
from server.domain.people.invitations.errors import ChangedDraft, EmptyTable
from server.domain.people.invitations.rows import DraftRow, Judge, JudgedRow, Problem
from server.domain.people.persons import Person
from server.domain.permissions import can_manage_people
from server.domain.sentences import N_
from server.spreadsheets.lines import Line, read_table
from server.storage.people import import_drafts, invitations, municipalities


@dataclass(frozen=True, slots=True)
class Preview:
    """`stamp` names these very rows."""

    stamp: str
    rows: Sequence[JudgedRow]

    @property
    def faulty(self) -> list[JudgedRow]:
        return [row for row in self.rows if row.problems]

    @property
    def good(self) -> list[JudgedRow]:
        return [row for row in self.rows if row.addressee is not None]

    @property
    def left_out(self) -> list[JudgedRow]:
        return [row for row in self.rows if row.row.is_left_out]


async def bring_table(services: Services, *, actor: Person, slug: str, data: bytes) -> None:
    """A file or pasted text, in place of what was brought before. Raises what `read_table` raises."""
    rows = await asyncio.to_thread(_read_rows, data)
    await _keep(services, actor, slug, rows)


async def bring_rows(
    services: Services, *, actor: Person, slug: str, cells: Iterable[Mapping[Column, str]]
) -> None:
    """Rows that were made on a page."""
    rows = [DraftRow(line, given) for line, given in enumerate(cells, 1)]
    if not rows:
        raise EmptyTable()
    await _keep(services, actor, slug, rows)


async def mend_rows(
    services: Services,
    *,
    actor: Person,
    slug: str,
    stamp: str,
    mended: Mapping[int, Mapping[Column, str]],
    left_out: frozenset[int],
) -> None:
    """By line: other cells, or left out; who is named in neither stays as they are. Raises ChangedDraft."""

    def change(row: DraftRow) -> DraftRow:
        if row.line in left_out:
            return replace(row, is_left_out=True)
        if row.line in mended:
            return DraftRow(row.line, {**row.cells, **mended[row.line]})
        return row

    await _change(services, actor, slug, stamp, change)


async def drop_table(services: Services, *, actor: Person, slug: str) -> None:
    async with services.act(actor=actor, slug=slug, may=can_manage_people) as act:
        await import_drafts.delete_draft(act.db, act.access.declaration.id, actor.id)
        act.record_nothing()


async def look_through(services: Services, *, actor: Person, slug: str) -> Preview | None:
    """What was brought and how it stands now; None for nothing."""
    async with services.act(actor=actor, slug=slug, may=can_manage_people) as act:
        preview = await find_preview(act)
        act.record_nothing()
        return preview


async def find_preview(act: DeclarationAct) -> Preview | None:
    """In the middle of an act."""
    declaration_id, person_id = act.access.declaration.id, act.access.person.id
    draft = await import_drafts.find_draft(act.db, declaration_id, person_id)
    if draft is None:
        return None
    towns = await act.db.run_sync(municipalities.read_municipalities)
    taken = await invitations.list_taken(act.db, declaration_id)
    rows = await asyncio.to_thread(judge_rows, Judge(towns, taken), draft.rows)
    return Preview(draft.stamp, rows)


def judge_rows(judge: Judge, rows: Iterable[DraftRow]) -> list[JudgedRow]:
    """With what the document could not show: it is refused now, not in the night before the release."""
    return [_printable(judged) for judged in judge.judge(rows)]


def _printable(judged: JudgedRow) -> JudgedRow:
    if judged.addressee is None:
        return judged
    problems = [
        Problem(column, _UNPRINTABLE, {"characters": ", ".join(characters)})
        for column, text in ((Column.NAME, judged.addressee.name), (Column.TITLE, judged.addressee.title))
        if (characters := unprintable(text))
    ]
    return replace(judged, addressee=None, problems=problems) if problems else judged


_UNPRINTABLE = N_("The document cannot show these characters: %(characters)s")


def _read_rows(data: bytes) -> list[DraftRow]:
    lines = read_table(data)
    columns = read_headings(lines[0].cells)
    if columns is None:
        return [_row(line, by_order()) for line in lines]
    if len(lines) == 1:
        raise EmptyTable()
    return [_row(line, columns) for line in lines[1:]]


def _row(line: Line, columns: Mapping[Column, tuple[int, ...]]) -> DraftRow:
    return DraftRow(line.number, pick(line.cells, columns))


async def _keep(services: Services, actor: Person, slug: str, rows: Sequence[DraftRow]) -> None:
    async with services.act(actor=actor, slug=slug, may=can_manage_people) as act:
        await import_drafts.keep_draft(act.db, act.access.declaration.id, actor.id, rows, act.now)
        act.record_nothing()


async def _change(
    services: Services, actor: Person, slug: str, stamp: str, change: Callable[[DraftRow], DraftRow]
) -> None:
    async with services.act(actor=actor, slug=slug, may=can_manage_people, lock=True) as act:
        declaration_id = act.access.declaration.id
        draft = await import_drafts.find_draft(act.db, declaration_id, actor.id)
        if draft is None or draft.stamp != stamp:
            raise ChangedDraft()
        rows = [change(row) for row in draft.rows]
        await import_drafts.keep_draft(act.db, declaration_id, actor.id, rows, act.now)
        act.record_nothing()
