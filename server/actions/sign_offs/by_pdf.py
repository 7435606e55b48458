"""Signing a copy with a certificate of one's own: handed out as a PDF, signed elsewhere, handed in again."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.sign_offs.statement import (
    PLAIN,
    PreparedSignOff,
    Reply,
    ask,
    ask_again,
    ensure_waiting,
    make_challenge,
    record,
)
from server.documents.model import Mark
from server.documents.signing_copy import SigningCopy, render_signing_copy
from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import digest as sha256
from server.domain.errors import ForeignCertificate, InvalidCopy, TooLarge, TooManyCopies
from server.domain.people.person_names import fits
from server.domain.people.persons import Person
from server.domain.sign_offs import Level, SignOff, parse_statement
from server.dossier.attachment_names import TEXT_NAME
from server.signing.evidence.kinds.pdf_signature import pdf_evidence
from server.signing.evidence.signed_copy import MAX_COPY, CopySigner
from server.storage.record import audit
from server.storage.sign_offs import challenges, signed_copies
from server.storage.sign_offs.challenges import Challenge, ChallengeKind

COPY_TTL: Final = timedelta(days=7)
"""Long enough for a card that lies in another office."""
MAX_COPIES: Final = 80
MAX_BYTES: Final = 24 * 1024 * 1024
"""What all copies of a text may have together: they travel inside the document, whose readers have limits."""


async def begin_with_pdf(
    services: Services,
    *,
    actor: Person,
    slug: str,
    digest: str,
    mandate_id: int,
    wording: str,
    reply: Reply = PLAIN,
) -> tuple[str, bytes]:
    """The challenge's id and the PDF to be signed. Who asks for the same again gets the same copy. Raises
    StaleRevision, WrongPhase, AlreadyAnswered, UnprintableText; then nothing is stored.

    The copy is rendered outside of any transaction; the one that stores it asks everything again.
    """
    async with services.database.read() as db:
        asked = await ask(services, db, actor, slug, digest, mandate_id, wording, reply)
        if (there := await _handed_out(services, db, actor, asked)) is not None:
            return there
    base = await asyncio.to_thread(_render, services, asked)
    waiting = make_challenge(services, ChallengeKind.SIGN_PDF, actor, asked, COPY_TTL)
    async with services.database.write() as db:
        await ask_again(services, db, actor, waiting)
        await challenges.append_challenge(db, replace(waiting, document=base))
        facts = {"revision": asked.revision.number, "ags": asked.statement.ags, "copy_sha256": sha256(base)}
        event = AuditEvent(services.now(), Tag.SIGN_OFF_COPY_ISSUE, actor.id, slug, facts)
        await audit.append_event(db, event)
    return waiting.id, base


async def finish_with_pdf(services: Services, *, actor: Person, challenge_id: str, signed: bytes) -> SignOff:
    """`signed` is what came back. It is checked apart, in a process with limits, and outside of the
    transaction that stores it.

    Raises TooLarge, InvalidCopy, ForeignCertificate, TooManyCopies, Busy, StaleRevision, WrongPhase,
    AlreadyAnswered; then nothing is stored.
    """
    if len(signed) > MAX_COPY:
        raise TooLarge(megabytes=MAX_COPY // 1024 // 1024)
    async with services.database.read() as db:
        _, base = await _waiting(services, db, actor, challenge_id)
    if not signed.startswith(base):
        raise InvalidCopy(reason="It is not the copy that was handed out.")
    signer = await services.checks.accept_copy(signed, len(base), services.sealer.roots, services.now())
    if not fits(actor.name, signer.names):
        raise ForeignCertificate(holder=signer.subject)
    async with services.database.write() as db:
        waiting, base = await _waiting(services, db, actor, challenge_id)
        asked = await ask_again(services, db, actor, waiting)
        await _ensure_room(db, asked, len(signed))
        evidence = _evidence(asked, base, signed, signer)
        sign_off = await record(services, db, actor, waiting, asked, Level.PDF_SIGNATURE, evidence)
        await signed_copies.append_copy(db, sign_off.id, signed)
        return sign_off


async def _handed_out(
    services: Services, db: AsyncSession, actor: Person, asked: PreparedSignOff
) -> tuple[str, bytes] | None:
    """A copy that says the same, at another time, and is still good for a day."""
    least = services.now() + timedelta(days=1)
    found = await challenges.find_waiting_copy(db, actor.id, asked.revision.id, asked.mandate.id, least)
    if found is None or found.statement is None or found.document is None:
        return None
    before = parse_statement(json.loads(found.statement))
    is_same = replace(before, at=asked.statement.at, nonce=asked.statement.nonce) == asked.statement
    return (found.id, found.document) if is_same else None


async def _waiting(
    services: Services, db: AsyncSession, actor: Person, challenge_id: str
) -> tuple[Challenge, bytes]:
    found = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_PDF, actor.id)
    waiting = ensure_waiting(found, services.now(), InvalidCopy(reason="It is no longer waited for."))
    if waiting.document is None:
        raise InvalidCopy(reason="It was never handed out.")
    return waiting, waiting.document


def _evidence(asked: PreparedSignOff, base: bytes, signed: bytes, signer: CopySigner) -> dict[str, object]:
    return pdf_evidence(
        copy=signed,
        base=base,
        ags=asked.statement.ags,
        statement_digest=sha256(asked.statement.canonical()),
        signer=signer,
    )


async def _ensure_room(db: AsyncSession, asked: PreparedSignOff, size: int) -> None:
    count, taken = await signed_copies.measure_copies(db, asked.revision.id)
    if count >= MAX_COPIES or taken + size > MAX_BYTES:
        raise TooManyCopies()


def _render(services: Services, asked: PreparedSignOff) -> bytes:
    """Blocking."""
    revision = asked.revision
    copy = SigningCopy(
        content=revision.text,
        issuer=asked.declaration.issuer,
        fixed_at=revision.fixed_at,
        statement=asked.statement,
        marks=frozenset({Mark.TEST}) if services.sealer.is_test else frozenset(),
    )
    return render_signing_copy(copy, TEXT_NAME)
