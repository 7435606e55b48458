"""A second person compares the entry with the scan: it becomes the answer, or it is discarded."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.sign_offs.confirmation import store_sign_off
from server.actions.sign_offs.paper.recording import load_signatory
from server.actions.sign_offs.preparation import PreparedSignOff, ensure_accepted, prepare
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.domain.audit import Tag
from server.domain.canonical import digest as sha256
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import Access, can_settle_papers
from server.domain.sign_offs.papers import (
    PaperRecord,
    PaperSettled,
    PaperState,
    SecondPersonNeeded,
    may_confirm,
    may_look_at,
)
from server.domain.sign_offs.statements import Level, SignOff, read_statement
from server.signing.evidence.kinds.paper import paper_evidence
from server.storage.sign_offs import papers


async def confirm_paper(services: Services, *, actor: Person, slug: str, record_id: int) -> SignOff:
    """Everything is looked at again as of now, but for the deadline and the mandate: the paper was there when
    it was recorded. Raises NotFound, SecondPersonNeeded, PaperSettled, and what `prepare` raises:
    AnswerChanged where the municipality has answered since."""
    async with services.act(actor=actor, slug=slug, may=can_settle_papers, lock=True) as act:
        record = await _load_waiting(act.db, act.access, record_id)
        if not may_confirm(act.access, record):
            raise SecondPersonNeeded()
        ensure_accepted(act.access.declaration, Level.PAPER)
        prepared = await _prepare(act.db, act.access, record)
        evidence = paper_evidence(
            recorded_at=record.recorded_at,
            scan_digest=record.scan_digest,
            statement_digest=sha256(record.statement),
        )
        given = await store_sign_off(
            act, prepared, record.statement, Level.PAPER, evidence, note=record.note, by=record.recorded_by
        )
        await papers.settle(act.db, record.id, PaperState.COUNTS, actor.id, act.now, given.id)
        return given


async def discard_paper(services: Services, *, actor: Person, slug: str, record_id: int) -> None:
    """By the one who recorded it, or the second person. The scan is deleted.
    Raises NotFound, PaperSettled."""
    async with services.act(actor=actor, slug=slug, may=can_settle_papers, lock=True) as act:
        record = await _load_waiting(act.db, act.access, record_id)
        await papers.settle(act.db, record.id, PaperState.DISCARDED, actor.id, act.now, None)
        facts = {"ags": record.municipality.ags, "scan_sha256": record.scan_digest}
        act.record(Tag.SIGN_OFF_PAPER_DISCARD, facts)


async def _load_waiting(db: AsyncSession, access: Access, record_id: int) -> PaperRecord:
    record = await papers.find_record(db, access.declaration.id, record_id)
    if record is None or not may_look_at(access, record.municipality.ags):
        raise NotFound(what="paper")
    if record.state is not PaperState.WAITS:
        raise PaperSettled()
    return record


async def _prepare(db: AsyncSession, access: Access, record: PaperRecord) -> PreparedSignOff:
    said = read_statement(record.statement)
    signatory = await load_signatory(db, access, record.mandate_id, record.recorded_at)
    reply = Reply(said.answer, said.text, *said.council, said.reason_for_representation)
    request = SignOffRequest(
        said.revision_digest, record.mandate_id, said.wording, reply, record.replaces, record.note
    )
    return await prepare(db, signatory, request, record.recorded_at)
