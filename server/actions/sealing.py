"""Making the final document: rendered, sealed, stored; and handing it out.

Rendering and sealing take about half a second and run in a thread, outside of any transaction. The
transaction that stores the result looks again: the same revision, the same sign-offs, not yet sealed.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.verify_document import EVIDENCE_NAME, LOG_NAME, PLAIN_TEXT_NAME, TEXT_NAME
from server.documents.model import Attachment, FinalText, Mark, SignatoryLine
from server.documents.render import render_document
from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import digest
from server.domain.content import parse_content
from server.domain.declarations import Declaration, Phase, Revision
from server.domain.errors import NobodySigned, NotFound, StaleRevision
from server.domain.people import MandateKind, Person
from server.domain.permissions import Access, can_download_final, can_seal
from server.domain.sign_offs import SignOff, counting
from server.signing.evidence import bundle
from server.signing.log_proof import proof_bundle
from server.storage import audit, declarations, final_documents, revisions, sign_offs
from server.storage.access import access_declaration
from server.storage.final_documents import FinalDocument

BERLIN: Final = ZoneInfo("Europe/Berlin")
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is mistaken for a digit."""


@dataclass(frozen=True, slots=True)
class Sealable:
    """Everything the final document is made of. The same gives the same bytes before the seal."""

    declaration: Declaration
    revision: Revision
    sign_offs: tuple[SignOff, ...]
    entries: tuple[tuple[str, bytes], ...]
    created: datetime

    @property
    def short_code(self) -> str:
        """Sixty bits over text and statements, in three groups of four."""
        seed = hashlib.sha256(self.revision.digest.encode())
        for sign_off in self.sign_offs:
            seed.update(hashlib.sha256(sign_off.statement_bytes).digest())
        number = int.from_bytes(seed.digest(), "big") >> 196
        code = "".join(_ALPHABET[number >> shift & 31] for shift in range(55, -1, -5))
        return "-".join(code[i : i + 4] for i in range(0, 12, 4))


async def seal_declaration(services: Services, *, actor: Person, slug: str) -> FinalDocument:
    """Idempotent: who asks for a declaration that is sealed gets the document there is.

    Raises NobodySigned, WrongPhase, SealFailed; StaleRevision when the text or the sign-offs changed
    meanwhile. Then nothing is stored.
    """
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, _may_seal_or_has, services.now())
        if done := await final_documents.find_final(db, access.declaration.id):
            return done
        sealable = await gather(services, db, access.declaration)
    pdf = await asyncio.to_thread(build_document, services, sealable)
    return await _store(services, actor, sealable, pdf)


async def download_final(services: Services, *, actor: Person, slug: str) -> FinalDocument:
    """For the press office under Sperrfrist too, so every download is on record."""
    async with services.database.write() as db:
        now = services.now()
        access = await access_declaration(db, actor, slug, can_download_final, now)
        document = await final_documents.find_final(db, access.declaration.id)
        if document is None:
            raise NotFound(what="final_document")
        facts = {"pdf_sha256": document.pdf_digest}
        await audit.append_event(db, AuditEvent(now, Tag.DOCUMENT_DOWNLOAD, actor.id, slug, facts))
    return document


def build_document(services: Services, sealable: Sealable) -> bytes:
    """Blocking: the sealed PDF."""
    issuer = sealable.declaration.issuer
    return services.sealer.seal(
        render_unsealed(services, sealable),
        reason=f"{sealable.declaration.title}, Fassung {sealable.revision.number}",
        location=issuer,
        lines=_seal_lines(services, sealable),
    )


def _seal_lines(services: Services, sealable: Sealable) -> list[str]:
    """What stands in the visible seal."""
    at = sealable.created.astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M Uhr")
    kind = "Elektronisch gesichert" + (" (Test)" if services.sealer.is_test else "")
    return [kind, services.sealer.subject, at]


def render_unsealed(services: Services, sealable: Sealable) -> bytes:
    """Blocking and deterministic: the PDF before the seal."""
    revision = sealable.revision
    content = parse_content(json.loads(revision.content))
    text = FinalText(
        content=content,
        issuer=sealable.declaration.issuer,
        revision=revision.number,
        digest=revision.digest,
        fixed_at=revision.fixed_at,
        signatories=tuple(_line(sign_off) for sign_off in sealable.sign_offs),
        short_code=sealable.short_code,
        verify_url=f"{services.base_url}/v/{sealable.short_code}",
        created=sealable.created,
        marks=frozenset({Mark.TEST}) if services.sealer.is_test else frozenset(),
    )
    return render_document(text, _attachments(services, sealable, content.plain_text))


def _may_seal_or_has(access: Access) -> bool:
    sealed = replace(access, declaration=replace(access.declaration, phase=Phase.SIGNING))
    return can_seal(access) or (access.phase is Phase.SEALED and can_seal(sealed))


async def gather(services: Services, db: AsyncSession, declaration: Declaration) -> Sealable:
    """Raises NobodySigned."""
    revision = await revisions.find_current(db, declaration.id)
    if revision is None:
        raise NotFound(what="revision")
    given = counting(await sign_offs.list_sign_offs(db, declaration.id), revision.digest)
    supporting = tuple(s for s in given if s.statement.answer.supports)
    if not supporting:
        raise NobodySigned()
    entries = tuple(await audit.list_entries(db))
    return Sealable(declaration, revision, supporting, entries, services.now())


async def _store(services: Services, actor: Person, sealable: Sealable, pdf: bytes) -> FinalDocument:
    document = FinalDocument(
        sealable.declaration.id,
        sealable.revision.id,
        sealable.short_code,
        pdf,
        digest(pdf),
        sealable.created,
    )
    async with services.database.write() as db:
        slug = sealable.declaration.slug
        access = await access_declaration(db, actor, slug, _may_seal_or_has, services.now(), lock=True)
        if done := await final_documents.find_final(db, access.declaration.id):
            return done
        now_there = await gather(services, db, access.declaration)
        if (now_there.revision.id, now_there.short_code) != (sealable.revision.id, sealable.short_code):
            raise StaleRevision(current=now_there.revision.number)
        await declarations.move_to(db, access.declaration, Phase.SEALED)
        await final_documents.append_final(db, document, actor.id)
        facts = {
            "revision": sealable.revision.number,
            "sha256": sealable.revision.digest,
            "pdf_sha256": document.pdf_digest,
            "sign_offs": len(sealable.sign_offs),
        }
        event = AuditEvent(services.now(), Tag.DOCUMENT_SEAL, actor.id, slug, facts)
        await audit.append_event(db, event)
    services.rooms.access_changed(sealable.declaration.id)
    return document


def _line(sign_off: SignOff) -> SignatoryLine:
    s = sign_off.statement
    return SignatoryLine(
        municipality=sign_off.municipality,
        name=s.signatory,
        title=s.title,
        deputy=s.capacity is MandateKind.DEPUTY,
        answer=s.answer,
        level=sign_off.level,
        at=s.at,
        statement=s.text,
        represents=s.represents,
        council_date=s.council_date,
    )


def _attachments(services: Services, sealable: Sealable, plain_text: str) -> list[Attachment]:
    revision, slug = sealable.revision, sealable.declaration.slug
    evidence = bundle(
        revision.digest,
        revision.number,
        slug=slug,
        title=sealable.declaration.title,
        rp=services.relying_party,
        sign_offs=sealable.sign_offs,
    )
    log = proof_bundle([entry for _, entry in sealable.entries], _disclosed(sealable))
    return [
        Attachment(
            TEXT_NAME,
            "application/json",
            "Text der Erklärung, kanonisch (RFC 8785)",
            "Source",
            revision.content,
        ),
        Attachment(
            PLAIN_TEXT_NAME, "text/plain", "Text der Erklärung zum Lesen", "Alternative", plain_text.encode()
        ),
        Attachment(EVIDENCE_NAME, "application/json", "Nachweise der Mitzeichnungen", "Data", evidence),
        Attachment(LOG_NAME, "application/json", "Protokoll mit Beweisen (RFC 9162)", "Data", log),
    ]


def _disclosed(sealable: Sealable) -> list[int]:
    """The leaves that the document shows: the declaration's own, and the registration of each passkey
    that signed. Of everybody else's it holds nothing but hashes."""
    signers = {sign_off.person_id for sign_off in sealable.sign_offs}
    return [
        place
        for place, (slug, entry) in enumerate(sealable.entries)
        if slug == sealable.declaration.slug or _registers(entry, signers)
    ]


def _registers(entry: bytes, signers: set[int]) -> bool:
    event = json.loads(entry)
    return event["tag"] == Tag.PASSKEY_REGISTER and event["actor"] in signers
