"""Sealing the annex of those who joined. The sealed declaration stays as it is, byte for byte."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.release.final_facts import load_log, sealed_text
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_admit
from server.domain.release.accessions import Annex, NobodyJoins, accede
from server.domain.sign_offs.errors import StaleRevision
from server.domain.sign_offs.statements import counting
from server.dossier.annex import annex_code, annex_facts, build_annex
from server.dossier.facts import FinalFacts
from server.storage.declarations.access import access_declaration
from server.storage.release import accessions, final_documents
from server.storage.release.accessions import AnnexFile
from server.storage.sign_offs import sign_offs, signed_copies
from server.storage.text import revisions


async def seal_annex(services: Services, *, actor: Person, slug: str, proven_at: datetime) -> int:
    """Of all who have signed since the last one. Returns its number. Raises ProofNeeded, NobodyJoins,
    SealFailed; StaleRevision when somebody signed or withdrew meanwhile. Then nothing is stored."""
    async with services.sealing.hold(slug):
        async with services.database.read() as db:
            access = await access_declaration(db, actor, slug, can_admit, services.now())
            annex, facts = await load_annex(db, access.declaration)
            log = await load_log(db, facts)
        now = services.now()
        pdf = await asyncio.to_thread(build_annex, services, annex, facts, log, now)
        return await _store(services, actor, slug, proven_at, annex, facts, pdf, now)


async def load_annex(db: AsyncSession, declaration: Declaration) -> tuple[Annex, FinalFacts]:
    """The next one, of those who have signed since the seal and stand in none yet. Raises NobodyJoins."""
    final = await final_documents.find_final(db, declaration.id)
    revision = await revisions.find_current(db, declaration.text_id)
    if final is None or revision is None or revision.id != final.revision_id:
        raise NotFound(what="final_document")
    there = await db.run_sync(accessions.read_annexes, declaration.id)
    given = counting(await sign_offs.list_sign_offs(db, declaration.id), revision.digest)
    in_document = {s.statement.ags for s in given if s.statement.at <= final.sealed_at}
    joined = in_document | {key for annex in there for key in annex.keys}
    sealed = sealed_text(declaration, revision, final)
    new = [s for s in given if s.statement.ags not in joined and s.statement.at > final.sealed_at]
    if not new:
        raise NobodyJoins()
    copies = await signed_copies.list_copies(db, [s.id for s in new])
    return annex_facts(
        declaration, revision, sealed, len(there) + 1, [accede(sealed, joined, s) for s in new], copies
    )


async def _store(
    services: Services,
    actor: Person,
    slug: str,
    proven_at: datetime,
    annex: Annex,
    facts: FinalFacts,
    pdf: bytes,
    now: datetime,
) -> int:
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_admit, proven_at=proven_at, lock=True
    ) as act:
        declaration = act.access.declaration
        again, there = await load_annex(act.db, declaration)
        code = annex_code(annex, facts.sign_offs)
        if annex_code(again, there.sign_offs) != code:
            raise StaleRevision(current=facts.revision.number)
        stored = AnnexFile(declaration.id, annex.number, code, pdf, digest(pdf), now)
        await accessions.append_annex(act.db, stored, annex.municipalities, actor.id)
        await accessions.note_joined(act.db, declaration.id, annex.municipalities)
        act.record(
            Tag.ANNEX_SEAL,
            {
                "number": annex.number,
                "pdf_sha256": stored.pdf_digest,
                "original": annex.sealed.short_code,
                "sha256": facts.revision.digest,
            },
        )
        act.rooms_changed()
    return annex.number
