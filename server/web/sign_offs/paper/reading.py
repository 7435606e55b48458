"""What the pages about answers on paper show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from server.domain.declarations import RevisionHead
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access, can_read_reasons, can_record_papers, can_settle_papers
from server.domain.sign_offs.papers import PaperRecord, PaperState, may_confirm, may_look_at
from server.domain.sign_offs.statements import SignOff, Statement, read_statement
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_holders
from server.storage.people.persons import read_names
from server.storage.sign_offs.papers import read_record, read_records
from server.storage.sign_offs.sign_offs import read_sign_offs
from server.storage.text.revisions import read_heads


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as lists show it; `may_confirm`: this person is the second one."""

    record: PaperRecord
    statement: Statement
    recorder: str
    may_confirm: bool
    may_settle: bool
    may_read_note: bool

    @property
    def waits(self) -> bool:
        return self.record.state is PaperState.WAITS


@dataclass(frozen=True, slots=True)
class PaperList:
    """`holders`: whoever may sign now, with their names, where this person may record."""

    access: Access
    entries: Sequence[Entry]
    holders: Sequence[tuple[Mandate, str]]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """`newest`: what the municipality answered last, whether it counts or not."""

    access: Access
    mandate: Mandate
    holder: str
    revision: RevisionHead
    newest: SignOff | None


def read_list(db: Reader, access: Access, now: datetime) -> PaperList:
    seen = [r for r in read_records(db, access.declaration.id) if may_look_at(access, r.municipality.ags)]
    names = read_names(db, {record.recorded_by for record in seen})
    holders = read_holders(db, access.declaration.id, now) if can_record_papers(access) else []
    return PaperList(access, [_entry(access, record, names) for record in seen], holders)


def read_form(db: Reader, access: Access, now: datetime, mandate_id: int) -> PaperForm:
    """Raises NotAllowed for a mandate that does not hold here now."""
    found = [(m, name) for m, name in read_holders(db, access.declaration.id, now) if m.id == mandate_id]
    heads = read_heads(db, [access.declaration.text_id])[access.declaration.text_id]
    if not found or not heads:
        raise NotAllowed()
    mandate, holder = found[0]
    given = read_sign_offs(db, access.declaration.id, [mandate.municipality.ags])
    acts = [s for s in given if s.statement.revision_digest == heads[0].digest]
    return PaperForm(access, mandate, holder, heads[0], acts[-1] if acts else None)


def read_entry(db: Reader, access: Access, record_id: int) -> Entry:
    """Raises NotFound, also for what does not concern the person."""
    record = read_record(db, access.declaration.id, record_id)
    if record is None or not may_look_at(access, record.municipality.ags):
        raise NotFound(what="paper")
    return _entry(access, record, read_names(db, {record.recorded_by}))


def _entry(access: Access, record: PaperRecord, names: Mapping[int, str]) -> Entry:
    is_open = record.state is PaperState.WAITS and can_settle_papers(access)
    return Entry(
        record,
        read_statement(record.statement),
        names.get(record.recorded_by, ""),
        is_open and may_confirm(access, record),
        is_open,
        can_read_reasons(access),
    )
