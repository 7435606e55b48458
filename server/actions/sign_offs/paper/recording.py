"""The coordination records what somebody decided on paper. It does not count yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.actions.sign_offs.preparation import PreparedSignOff, ensure_accepted, prepare
from server.actions.sign_offs.request import SignOffRequest
from server.actions.sign_offs.statement import make_statement
from server.domain.audit import Tag
from server.domain.canonical import digest as sha256
from server.domain.errors import NotAllowed
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS
from server.domain.permissions import Access, can_record_papers
from server.domain.sign_offs.papers import (
    MAX_SCAN,
    PaperRecord,
    PaperState,
    ensure_day,
    ensure_not_older,
    refusal,
)
from server.domain.sign_offs.statements import Level
from server.mail.notices.sign_offs import PaperWaits
from server.storage.declarations.access import find_access
from server.storage.notices import recipients
from server.storage.people import municipalities
from server.storage.sign_offs import papers, sign_offs


async def record_paper(
    services: Services, *, actor: Person, slug: str, request: SignOffRequest, decided_on: str, scan: bytes
) -> int:
    """The record's id. `request` names the mandate of whoever signed the paper, `decided_on` is the day on
    it, `scan` the file as it was brought: it is read apart, in a process with limits, before the transaction.

    Raises InvalidScan, InvalidPaperDay, PaperIsOlder, WayNotAccepted, Busy, and what `prepare` raises.
    """
    if len(scan) > MAX_SCAN:
        raise refusal("scan_too_large")
    kept = await services.checks.clean_scan(scan)
    if len(kept.data) > MAX_SCAN:
        raise refusal("scan_too_large")
    async with services.act(actor=actor, slug=slug, may=can_record_papers, lock=True) as act:
        ensure_accepted(act.access.declaration, Level.PAPER)
        signatory = await load_signatory(act.db, act.access, request.mandate_id, act.now)
        prepared = await prepare(act.db, signatory, request, act.now)
        day = ensure_day(decided_on, prepared.revision.fixed_at, act.now)
        await _ensure_newest(act.db, prepared, day)
        statement = await make_statement(act.db, prepared, request, act.now)
        record = PaperRecord(
            id=0,
            declaration_id=act.access.declaration.id,
            revision_id=prepared.revision.id,
            mandate_id=prepared.mandate.id,
            person_id=signatory.person.id,
            municipality=prepared.mandate.municipality,
            recorded_by=actor.id,
            recorded_at=act.now,
            decided_on=day,
            statement=statement.canonical(),
            replaces=request.replaces,
            note=request.note,
            scan_type=kept.type,
            scan_digest=sha256(kept.data),
            state=PaperState.WAITS,
        )
        record_id = await papers.append_record(act.db, record, kept.data)
        facts = {"scan_sha256": record.scan_digest, "statement_sha256": sha256(record.statement)}
        act.record(Tag.SIGN_OFF_PAPER_RECORD, prepared.facts | facts)
        await _tell_second_persons(act, prepared, record_id)
        return record_id


async def load_signatory(db: AsyncSession, access: Access, mandate_id: int, at: datetime) -> Access:
    """What the holder of that mandate was in the declaration at that moment. Raises NotAllowed, also where
    they no longer take part in it."""
    for mandate, person in await municipalities.list_invited(db, access.declaration.id, at):
        if mandate.id == mandate_id:
            return await db.run_sync(find_access, person, access.declaration, at)
    raise NotAllowed()


async def _ensure_newest(db: AsyncSession, prepared: PreparedSignOff, day: str) -> None:
    town = prepared.mandate.municipality
    acts = await sign_offs.list_acts(db, prepared.declaration.id, town.ags, prepared.revision.digest)
    ensure_not_older(acts[-1] if acts else None, day, prepared.mandate.kind, town.name)


async def _tell_second_persons(act: DeclarationAct, prepared: PreparedSignOff, record_id: int) -> None:
    """The others of the coordination; where there are none, the municipality."""
    declaration, town = prepared.declaration, prepared.mandate.municipality
    told = await recipients.list_in_roles(act.db, declaration.id, COORDINATORS)
    told = [person for person in told if person.id != act.access.person.id]
    if not told:
        told = await recipients.list_of_municipality(act.db, declaration.id, town.ags, act.now)
    for person in told:
        notice = PaperWaits(
            name=person.name,
            municipality=town.name,
            declaration=declaration.title,
            signatory=prepared.access.person.name,
            recorder=act.access.person.name,
            link=act.address(f"paper/{record_id}"),
        )
        await act.notify(person, notice)
