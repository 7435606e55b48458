"""What is published is corrected or withdrawn: one proposes, another confirms, and only then it is sealed.

Where the declaration's settings say that one person is enough, the proposal is sealed at once. Rendering and
sealing run outside of any transaction, as with the declaration itself: nothing is ever half done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import DeclarationAct
from server.actions.release.final_facts import sealed_text
from server.actions.release.opening import record_opening
from server.actions.services import Services
from server.documents.later.addendum_words import place_name
from server.documents.printable import ensure_lines_printable
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration, Phase
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.people.sessions import ensure_fresh
from server.domain.permissions import Access, can_amend, can_confirm_addendum
from server.domain.release.accessions import SealedText
from server.domain.release.addenda import (
    Addendum,
    AddendumGone,
    AddendumKind,
    AddendumWaits,
    Correction,
    Draft,
    SealedFile,
    find_passage,
)
from server.domain.release.steps import SecondPersonNeeded
from server.domain.text.comparing.places import name_places
from server.domain.text.content import Content
from server.dossier.addendum import AddendumSource, addendum_source, build_addendum
from server.dossier.published import published_file
from server.mail.notices.declarations import AddendumProposed, ErratumPublished, Retracted
from server.storage.declarations import declarations, settings
from server.storage.declarations.access import access_declaration
from server.storage.notices import recipients
from server.storage.people import persons
from server.storage.release import addenda, final_documents
from server.storage.release.addenda import AddendumFile, WaitingDraft
from server.storage.release.final_documents import FinalDocument
from server.storage.text import revisions


@dataclass(frozen=True, slots=True)
class Wanted:
    """As it was typed. `passages`: words of the signed text, and what they should be."""

    kind: AddendumKind
    reason: str
    passages: Sequence[tuple[str, str]] = ()


async def propose_addendum(
    services: Services, *, actor: Person, slug: str, proven_at: datetime, wanted: Wanted
) -> bool:
    """True where it is sealed already. Raises ProofNeeded, PassageNotFound, UnprintableText, AddendumWaits;
    WrongPhase for what is not public."""
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_amend, proven_at=proven_at, lock=True
    ) as act:
        declaration = act.access.declaration
        if await act.db.run_sync(addenda.read_waiting, declaration.id):
            raise AddendumWaits()
        draft = _draft(wanted, await _load_text(act.db, declaration))
        draft_id = await addenda.append_draft(act.db, declaration.id, draft, actor.id, act.now)
        act.record(Tag.ADDENDUM_PROPOSE, _facts(draft))
        if declaration.four_eyes:
            await _ask_others(act)
            return False
    await confirm_addendum(services, actor=actor, slug=slug, proven_at=proven_at, draft_id=draft_id)
    return True


async def confirm_addendum(
    services: Services, *, actor: Person, slug: str, proven_at: datetime, draft_id: int
) -> AddendumKind:
    """Seals it. By somebody else than who proposed it, unless one person is enough.

    Raises ProofNeeded, SecondPersonNeeded, AddendumGone, SealFailed; then nothing is stored.
    """
    await record_opening(services, slug)  # the hour may have come a moment ago
    async with services.sealing.hold(slug):
        async with services.database.read() as db:
            access = await access_declaration(db, actor, slug, can_confirm_addendum, services.now())
            ensure_fresh(proven_at, services.now())
            waiting = await _load_waiting(db, access, draft_id)
            final = await _load_final(db, access.declaration)
            number = len(await db.run_sync(addenda.read_addenda, access.declaration.id)) + 1
            text = await _sealed_text(db, access.declaration, final)
        now = services.now()
        source, pdf = await asyncio.to_thread(
            _build, services, access.declaration, text, final.pdf, number, waiting.draft, now
        )
        await _store(services, actor, slug, proven_at, waiting, source, pdf)
    return waiting.draft.kind


async def discard_addendum(services: Services, *, actor: Person, slug: str, draft_id: int) -> None:
    """By whoever may confirm, and by who proposed it. Raises AddendumGone."""
    async with services.act(actor=actor, slug=slug, may=can_confirm_addendum, lock=True) as act:
        declaration_id = act.access.declaration.id
        if not await addenda.discard(act.db, declaration_id, draft_id, actor.id, act.now):
            raise AddendumGone()
        act.record(Tag.ADDENDUM_DISCARD)


def _draft(wanted: Wanted, content: Content) -> Draft:
    reason = "\n".join(line.strip() for line in wanted.reason.splitlines()).strip()
    places = name_places(content)
    corrections = tuple(
        Correction(place_name(places[find_passage(content, wrong)]), wrong, right)
        for wrong, right in wanted.passages
    )
    ensure_lines_printable("", [reason, *(each.right for each in corrections)])
    return Draft(wanted.kind, reason, corrections if wanted.kind is AddendumKind.ERRATUM else ())


async def _load_text(db: AsyncSession, declaration: Declaration) -> Content:
    final = await _load_final(db, declaration)
    return await db.run_sync(revisions.read_content, final.revision_id)


async def _load_final(db: AsyncSession, declaration: Declaration) -> FinalDocument:
    final = await final_documents.find_final(db, declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    return final


async def _load_waiting(db: AsyncSession, access: Access, draft_id: int) -> WaitingDraft:
    waiting = await db.run_sync(addenda.read_waiting, access.declaration.id)
    if waiting is None or waiting.id != draft_id:
        raise AddendumGone()
    if access.declaration.four_eyes and waiting.by == access.person.id:
        raise SecondPersonNeeded()
    return waiting


async def _sealed_text(db: AsyncSession, declaration: Declaration, final: FinalDocument) -> SealedText:
    revision = await revisions.find_current(db, declaration.text_id)
    if revision is None or revision.id != final.revision_id:
        raise NotFound(what="revision")
    return sealed_text(declaration, revision, final)


def _build(
    services: Services,
    declaration: Declaration,
    text: SealedText,
    original: bytes,
    number: int,
    draft: Draft,
    now: datetime,
) -> tuple[AddendumSource, bytes]:
    """Blocks."""
    file = published_file(original)
    addendum = Addendum(number, now, SealedFile(text, file.sealed_length, file.sealed_digest), draft)
    source = addendum_source(services, declaration.issuer, addendum)
    return source, build_addendum(services, source, now)


async def _store(
    services: Services,
    actor: Person,
    slug: str,
    proven_at: datetime,
    waiting: WaitingDraft,
    source: AddendumSource,
    pdf: bytes,
) -> None:
    addendum = source.addendum
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_confirm_addendum, proven_at=proven_at, lock=True
    ) as act:
        declaration = act.access.declaration
        there = await act.db.run_sync(addenda.read_addenda, declaration.id)
        file = AddendumFile(
            declaration.id, addendum.number, addendum.kind, source.short_code, pdf, digest(pdf), addendum.at
        )
        is_next = len(there) + 1 == addendum.number
        if not is_next or not await addenda.store_sealed(act.db, waiting.id, addendum, file, actor.id):
            raise AddendumGone()
        act.record(
            Tag.ADDENDUM_SEAL,
            {
                **_facts(addendum.draft),
                "number": addendum.number,
                "pdf_sha256": file.pdf_digest,
                "original": addendum.original.text.short_code,
                "proposed_by": waiting.by,
            },
        )
        if addendum.kind is AddendumKind.WITHDRAWAL:
            await _withdraw(act, addendum)
        await _tell_everybody(services, act, addendum)
        act.rooms_changed()


async def _withdraw(act: DeclarationAct, addendum: Addendum) -> None:
    declaration = act.access.declaration
    await declarations.move_to(act.db, declaration, Phase.WITHDRAWN)
    await settings.set_withdrawal(act.db, declaration.id, addendum.draft.reason)
    await settings.set_retracted(act.db, declaration.id, addendum.at)
    act.record_part(Tag.DECLARATION_WITHDRAW, {"reason_sha256": digest(addendum.draft.reason.encode())})


def _facts(draft: Draft) -> dict[str, object]:
    return {"kind": draft.kind.value, "reason_sha256": digest(draft.reason.encode())}


async def _ask_others(act: DeclarationAct) -> None:
    """Those who may confirm it."""
    declaration = act.access.declaration
    for person in await recipients.list_in_roles(act.db, declaration.id, [Role.COORDINATOR, Role.PRESS]):
        if person.id != act.access.person.id:
            await act.notify(person, AddendumProposed(person.name, declaration.title, act.address("addenda")))


async def _tell_everybody(services: Services, act: DeclarationAct, addendum: Addendum) -> None:
    """Signatories, offices, press."""
    declaration, reason = act.access.declaration, addendum.draft.reason
    link = f"{services.base_url}/e/{declaration.slug}"
    for person in await persons.list_participants(act.db, declaration.id):
        match addendum.kind:
            case AddendumKind.ERRATUM:
                notice = ErratumPublished(person.name, declaration.title, reason, link)
                await act.notify(person, notice)
            case AddendumKind.WITHDRAWAL:
                await act.notify(person, Retracted(person.name, declaration.title, reason, link))
