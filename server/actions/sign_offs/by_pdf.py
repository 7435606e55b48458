"""Signing a copy with a certificate of one's own: handed out as a PDF, signed elsewhere, handed in again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.actions.sign_offs.confirmation import (
    WaitingSignOff,
    give_sign_off,
    load_waiting,
    make_challenge,
    prepare_again,
    read_waiting,
)
from server.actions.sign_offs.preparation import PreparedSignOff, ensure_accepted, prepare
from server.actions.sign_offs.request import SignOffRequest
from server.actions.sign_offs.statement import make_statement
from server.documents.model import Mark
from server.documents.signing_copy import SigningCopy, render_signing_copy
from server.domain.audit import Tag
from server.domain.canonical import digest as sha256
from server.domain.errors import TooLarge
from server.domain.people.person_names import fits
from server.domain.people.persons import Person
from server.domain.permissions import Access, can_sign
from server.domain.sign_offs.copies import NoJointCopies
from server.domain.sign_offs.errors import ForeignCertificate, InvalidCopy, TooManyCopies
from server.domain.sign_offs.statements import Level, SignOff, Statement
from server.dossier.attachment_names import TEXT_NAME
from server.signing.evidence.copy_signer import CopySigner
from server.signing.evidence.kinds.pdf_signature import pdf_evidence
from server.signing.evidence.signed_copy import MAX_COPY
from server.storage.declarations.access import access_declaration
from server.storage.sign_offs import challenges, signed_copies
from server.storage.sign_offs.challenges import ChallengeKind

COPY_TTL: Final = timedelta(days=7)
"""Long enough for a card that lies in another office."""
MAX_COPIES: Final = 80
MAX_BYTES: Final = 24 * 1024 * 1024
"""What all copies of a text may have together: they travel inside the document, whose readers have limits."""


async def begin_with_pdf(
    services: Services, *, actor: Person, slug: str, request: SignOffRequest
) -> tuple[str, bytes]:
    """The challenge's id and the PDF to be signed. Who asks for the same again gets the same copy. Raises
    StaleRevision, WrongPhase, AlreadyAnswered, UnprintableText, NoJointCopies; then nothing is stored.

    The copy is rendered outside of any transaction; the act that stores it checks everything again.
    """
    now = services.now()
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_sign, now)
        ensure_accepted(access.declaration, Level.PDF_SIGNATURE)
        prepared = await prepare(db, access, request, now)
        if prepared.mandate.kind.facts.is_joint:
            raise NoJointCopies()
        statement = await make_statement(db, prepared, request, now)
        if (there := await _handed_out(db, prepared, statement, now)) is not None:
            return there
    base = await asyncio.to_thread(_render, prepared, statement, is_test=services.sealer.is_test)
    waiting = make_challenge(ChallengeKind.SIGN_PDF, prepared, request, statement, now, COPY_TTL)
    async with services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act:
        await prepare(act.db, act.access, request, act.now)
        await challenges.append_challenge(act.db, replace(waiting, document=base))
        act.record(Tag.SIGN_OFF_COPY_ISSUE, prepared.facts | {"copy_sha256": sha256(base)})
    return waiting.id, base


async def load_handed_out(
    services: Services, *, actor: Person, slug: str, challenge_id: str
) -> WaitingSignOff | None:
    """The person's copy that waits to be handed in; None where it does not, or no longer."""
    now = services.now()
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_sign, now)
        found = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_PDF, actor.id)
        waiting = read_waiting(found) if found is not None and found.is_open(now) else None
    is_here = waiting is not None and waiting.statement.declaration == access.declaration.slug
    return waiting if is_here else None


async def finish_with_pdf(
    services: Services, *, actor: Person, slug: str, challenge_id: str, signed: bytes
) -> SignOff:
    """`signed` is what came back. It is checked apart, in a process with limits, and outside of the
    transaction that stores it.

    Raises TooLarge, InvalidCopy, ForeignCertificate, TooManyCopies, Busy, StaleRevision, WrongPhase,
    AlreadyAnswered; then nothing is stored.
    """
    if len(signed) > MAX_COPY:
        raise TooLarge(megabytes=MAX_COPY // 1024 // 1024)
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_sign, services.now())
        _, base = await _load_copy(db, access, challenge_id, services.now())
    if not signed.startswith(base):
        raise InvalidCopy(reason="It is not the copy that was handed out.")
    signer = await services.checks.accept_copy(signed, len(base), services.sealer.roots, services.now())
    if not fits(actor.name, signer.names):
        raise ForeignCertificate(holder=signer.subject)
    async with services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act:
        waiting, base = await _load_copy(act.db, act.access, challenge_id, act.now)
        prepared = await prepare_again(act.db, act.access, waiting, act.now)
        await _ensure_space(act.db, prepared, len(signed))
        evidence = _evidence(waiting, base, signed, signer)
        sign_off = await give_sign_off(act, waiting, prepared, Level.PDF_SIGNATURE, evidence)
        await signed_copies.append_copy(act.db, sign_off.id, signed)
        return sign_off


async def _handed_out(
    db: AsyncSession, prepared: PreparedSignOff, statement: Statement, now: datetime
) -> tuple[str, bytes] | None:
    """A copy that says the same, at another time, and is still good for a day."""
    found = await challenges.find_waiting_copy(
        db, prepared.access.person.id, prepared.revision.id, prepared.mandate.id, now + timedelta(days=1)
    )
    waiting = read_waiting(found) if found is not None else None
    if found is None or waiting is None or found.document is None:
        return None
    is_same = replace(waiting.statement, at=statement.at, nonce=statement.nonce) == statement
    return (found.id, found.document) if is_same else None


async def _load_copy(
    db: AsyncSession, access: Access, challenge_id: str, now: datetime
) -> tuple[WaitingSignOff, bytes]:
    """With the bytes that were handed out."""
    refusal = InvalidCopy(reason="It is no longer waited for.")
    waiting = await load_waiting(db, access, challenge_id, ChallengeKind.SIGN_PDF, now, refusal)
    if waiting.challenge.document is None:
        raise InvalidCopy(reason="It was never handed out.")
    return waiting, waiting.challenge.document


def _evidence(waiting: WaitingSignOff, base: bytes, signed: bytes, signer: CopySigner) -> dict[str, object]:
    return pdf_evidence(
        copy=signed,
        base=base,
        ags=waiting.statement.ags,
        statement_digest=sha256(waiting.statement_bytes),
        signer=signer,
    )


async def _ensure_space(db: AsyncSession, prepared: PreparedSignOff, size: int) -> None:
    count, taken = await signed_copies.measure_copies(db, prepared.revision.id)
    if count >= MAX_COPIES or taken + size > MAX_BYTES:
        raise TooManyCopies()


def _render(prepared: PreparedSignOff, statement: Statement, *, is_test: bool) -> bytes:
    """Blocking."""
    copy = SigningCopy(
        content=prepared.revision.text,
        issuer=prepared.declaration.issuer,
        fixed_at=prepared.revision.fixed_at,
        statement=statement,
        marks=frozenset({Mark.TEST}) if is_test else frozenset(),
    )
    return render_signing_copy(copy, TEXT_NAME)
