"""Making the final document: rendered, sealed, stored; and handing it out.

Rendering and sealing take about half a second and run in a thread, outside of any transaction. The
transaction that stores the result looks again: the same revision, the same sign-offs, not yet sealed. So
nothing is ever half done, whatever fails: either the file, the phase and the log entry are there, or none.
"""

from __future__ import annotations

import asyncio
from datetime import datetime

from server.actions.act import DeclarationAct
from server.actions.release.final_facts import load_facts, load_log
from server.actions.release.quorum import ensure_quorum
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Phase
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.people.sessions import ensure_fresh
from server.domain.permissions import can_download_sealed, can_receive_seal
from server.domain.release.gate import hour_after_the_seal
from server.domain.sign_offs.errors import StaleRevision
from server.dossier.assembly import build_document
from server.dossier.facts import FinalFacts, LogExcerpt
from server.mail.notices.declarations import Sealed
from server.signing.seal.archive_time import archived_until
from server.storage.declarations import declarations
from server.storage.declarations.access import access_declaration
from server.storage.notices import recipients
from server.storage.release import final_documents, hours
from server.storage.release.final_documents import FinalDocument


async def seal_declaration(
    services: Services, *, actor: Person, slug: str, proven_at: datetime
) -> FinalDocument:
    """Idempotent: who asks for a declaration that is sealed gets the document there is.

    Two who ask at once wait for each other in one process; between processes the database lets one in.
    `proven_at`: when the actor last proved who they are. Raises ProofNeeded, NobodySigned, QuorumNotReached,
    WrongPhase, SealFailed; StaleRevision when the text or the sign-offs changed meanwhile. Then nothing is
    stored.
    """
    async with services.sealing.hold(slug):
        return await _seal(services, actor, slug, proven_at)


async def _seal(services: Services, actor: Person, slug: str, proven_at: datetime) -> FinalDocument:
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_receive_seal, services.now())
        if done := await final_documents.find_final(db, access.declaration.id):
            return done
        ensure_fresh(proven_at, services.now())
        facts = await load_facts(db, access.declaration)
        await ensure_quorum(db, facts, services.now())
        log = await load_log(db, facts)
    document = await asyncio.to_thread(_build, services, facts, log)
    return await _store(services, actor, facts, document)


def _build(services: Services, facts: FinalFacts, log: LogExcerpt) -> FinalDocument:
    now = services.now()
    built = build_document(services, facts, log, now)
    return FinalDocument(
        facts.declaration.id,
        facts.revision.id,
        facts.short_code,
        built.pdf,
        digest(built.pdf),
        now,
        archived_until(built.pdf),
        built.html,
        digest(built.html),
    )


async def download_final(services: Services, *, actor: Person, slug: str) -> FinalDocument:
    """The sealed file itself; every download is on record. Raises NotAllowed, WrongPhase for who gets a copy
    (`press.note_copy`) before the hour."""
    async with services.act(actor=actor, slug=slug, may=can_download_sealed) as act:
        document = await final_documents.find_final(act.db, act.access.declaration.id)
        if document is None:
            raise NotFound(what="final_document")
        act.record(Tag.DOCUMENT_DOWNLOAD, {"pdf_sha256": document.pdf_digest})
    return document


async def open_edition(services: Services, *, actor: Person, slug: str) -> FinalDocument:
    """On record as the PDF is; no copy of it carries anybody's name. Raises NotFound for a document of before
    there was an HTML edition."""
    async with services.act(actor=actor, slug=slug, may=can_download_sealed) as act:
        document = await final_documents.find_final(act.db, act.access.declaration.id)
        if document is None or not document.html:
            raise NotFound(what="final_document")
        act.record(Tag.DOCUMENT_DOWNLOAD, {"html_sha256": document.html_digest})
    return document


async def _store(
    services: Services, actor: Person, facts: FinalFacts, document: FinalDocument
) -> FinalDocument:
    slug = facts.declaration.slug
    async with services.act(actor=actor, slug=slug, may=can_receive_seal, lock=True) as act:
        declaration = act.access.declaration
        if done := await final_documents.find_final(act.db, declaration.id):
            act.record_nothing()
            return done
        there = await load_facts(act.db, declaration)
        await ensure_quorum(act.db, there, act.now)
        if _printed(there) != _printed(facts):
            raise StaleRevision(current=there.revision.number)
        await declarations.move_to(act.db, declaration, Phase.SEALED)
        hour = hour_after_the_seal(declaration.release_at, declaration.embargo, act.now)
        await hours.set_hour(act.db, declaration, hour)
        await final_documents.append_final(act.db, document, actor.id)
        act.record(Tag.DOCUMENT_SEAL, _summary(facts, document))
        await _tell_all(act)
        act.rooms_changed()
    return document


def _printed(facts: FinalFacts) -> tuple[object, ...]:
    """What may change while the document is made."""
    return facts.revision.id, facts.short_code, facts.declaration.place, facts.declaration.day


async def _tell_all(act: DeclarationAct) -> None:
    """Mayors, offices and the press: everybody who takes part, but for the one who sealed."""
    declaration = act.access.declaration
    embargo = declaration.embargo.isoformat() if declaration.embargo else ""
    for person in await recipients.list_in_roles(act.db, declaration.id, list(Role)):
        if person.id != act.access.person.id:
            await act.notify(person, Sealed(person.name, declaration.title, embargo, act.address()))


def _summary(facts: FinalFacts, document: FinalDocument) -> dict[str, object]:
    return {
        "revision": facts.revision.number,
        "sha256": facts.revision.digest,
        "pdf_sha256": document.pdf_digest,
        "html_sha256": document.html_digest,
        "sign_offs": len(facts.sign_offs),
    }
