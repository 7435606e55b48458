"""What both ways of signing share: the statement is made first, shown, and only then confirmed.

What is stored are the very bytes that were confirmed.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.documents.printable import ensure_lines_printable, ensure_printable_text
from server.domain.answers import Answer
from server.domain.audit import AuditEvent, Tag
from server.domain.declarations import Declaration, Revision
from server.domain.errors import AlreadyAnswered, KraftaktError, NotAllowed, NotFound, StaleRevision
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.persons import Person
from server.domain.permissions import Access, can_sign
from server.domain.sign_offs import Level, SignOff, Statement, parse_statement
from server.signing.evidence.bundle import sign_off_digest
from server.storage.declarations.access import access_declaration
from server.storage.people import municipalities
from server.storage.record import audit
from server.storage.sign_offs import challenges, sign_offs
from server.storage.sign_offs.challenges import Challenge, ChallengeKind
from server.storage.text import revisions


@dataclass(frozen=True, slots=True)
class Reply:
    """What a signatory answers, beside the wording. The default is the plain signature."""

    answer: Answer = Answer.SIGNS
    text: str = ""
    council_date: str = ""
    reason_for_representation: str = ""


PLAIN: Final = Reply()


@dataclass(frozen=True, slots=True)
class PreparedSignOff:
    declaration: Declaration
    revision: Revision
    mandate: Mandate
    statement: Statement


async def ask(
    services: Services,
    db: AsyncSession,
    actor: Person,
    slug: str,
    digest: str,
    mandate_id: int,
    wording: str,
    reply: Reply,
) -> PreparedSignOff:
    """Everything that must hold before a statement is made. Raises UnprintableText for a name, a title or
    a Protokollerklärung that the document cannot show."""
    access = await access_declaration(db, actor, slug, can_sign, services.now(), lock=True)
    mandate = _mandate(access, mandate_id)
    revision = await revisions.find_current(db, access.declaration.text_id)
    if revision is None or not hmac.compare_digest(revision.digest, digest):
        raise StaleRevision(current=revision.number if revision else 0)
    if await sign_offs.find_sign_off(db, revision.id, mandate.municipality.ags):
        raise AlreadyAnswered(municipality=mandate.municipality.name)
    represents = await _represented(services, db, access, mandate)
    statement = _statement(services, access, mandate, revision, wording, reply, represents)
    await asyncio.to_thread(_ensure_printable, statement)
    return PreparedSignOff(access.declaration, revision, mandate, statement)


def _ensure_printable(s: Statement) -> None:
    """Everything that will stand in the document; refused now, not in the night before the release."""
    for part in (s.municipality, s.signatory, s.title, s.represents, s.council_date):
        ensure_printable_text(part, s.municipality)
    ensure_lines_printable(s.municipality, [s.text])


def ensure_waiting(waiting: Challenge | None, now: datetime, refusal: KraftaktError) -> Challenge:
    """Raises AlreadyAnswered for a challenge that was answered (the form was sent twice), else `refusal`
    for one that is unknown or has expired."""
    if waiting is not None and waiting.used_at is not None:
        raise AlreadyAnswered()
    if waiting is None or not waiting.is_open(now):
        raise refusal
    return waiting


async def ask_again(
    services: Services, db: AsyncSession, actor: Person, waiting: Challenge
) -> PreparedSignOff:
    """The same when the answer comes: minutes have passed. The statement is the one that was made then."""
    if waiting.statement is None or waiting.mandate_id is None:
        raise NotFound(what="challenge")
    statement = parse_statement(json.loads(waiting.statement))
    asked = await ask(
        services,
        db,
        actor,
        statement.declaration,
        statement.revision_digest,
        waiting.mandate_id,
        statement.wording,
        PLAIN,
    )
    return PreparedSignOff(asked.declaration, asked.revision, asked.mandate, statement)


async def record(
    services: Services,
    db: AsyncSession,
    actor: Person,
    waiting: Challenge,
    asked: PreparedSignOff,
    level: Level,
    evidence: dict[str, object],
) -> SignOff:
    now = services.now()
    await challenges.close_challenge(db, waiting.id, now)
    sign_off = await sign_offs.append_sign_off(
        db,
        declaration_id=asked.declaration.id,
        revision_id=asked.revision.id,
        person_id=actor.id,
        statement=asked.statement,
        level=level,
        evidence=evidence,
    )
    facts = {
        "revision": asked.revision.number,
        "sha256": asked.revision.digest,
        "ags": asked.statement.ags,
        "answer": asked.statement.answer.value,
        "level": level.value,
        "sign_off_sha256": sign_off_digest(sign_off.statement_bytes, level, evidence),
    }
    event = AuditEvent(now, Tag.SIGN_OFF_GIVE, actor.id, asked.declaration.slug, facts)
    await audit.append_event(db, event)
    return sign_off


def _statement(
    services: Services,
    access: Access,
    mandate: Mandate,
    revision: Revision,
    wording: str,
    reply: Reply,
    represents: str,
) -> Statement:
    return Statement(
        declaration=access.declaration.slug,
        declaration_title=access.declaration.title,
        revision=revision.number,
        revision_digest=revision.digest,
        ags=mandate.municipality.ags,
        municipality=mandate.municipality.name,
        municipality_kind=mandate.municipality.kind,
        signatory=access.person.name,
        title=mandate.title,
        capacity=mandate.kind,
        answer=reply.answer,
        wording=wording,
        at=services.now(),
        nonce=secrets.token_hex(16),
        represents=represents,
        reason_for_representation=reply.reason_for_representation,
        text=reply.text,
        council_date=reply.council_date,
    )


async def _represented(services: Services, db: AsyncSession, access: Access, mandate: Mandate) -> str:
    """For a deputy: the mayor in whose place they sign (§ 54 GemO: „i. V.“)."""
    if mandate.kind is MandateKind.MAYOR:
        return ""
    invited = await municipalities.list_invited(db, access.declaration.id, services.now())
    mayors = [
        p.name for m, p in invited if m.municipality == mandate.municipality and m.kind is MandateKind.MAYOR
    ]
    return mayors[0] if mayors else ""


def make_challenge(
    services: Services,
    kind: ChallengeKind,
    actor: Person,
    asked: PreparedSignOff,
    ttl: timedelta,
    code: str | None = None,
) -> Challenge:
    statement, now, challenge_id = asked.statement.canonical(), services.now(), secrets.token_urlsafe(32)
    return Challenge(
        id=challenge_id,
        kind=kind,
        person_id=actor.id,
        challenge=hashlib.sha256(statement).digest(),
        created_at=now,
        expires_at=now + ttl,
        revision_id=asked.revision.id,
        mandate_id=asked.mandate.id,
        statement=statement,
        secret_hash=hash_code(services, challenge_id, code) if code else None,
    )


def _mandate(access: Access, mandate_id: int) -> Mandate:
    for mandate in access.mandates:
        if mandate.id == mandate_id:
            return mandate
    raise NotAllowed()


def hash_code(services: Services, challenge_id: str, code: str) -> str:
    """Keyed: eight digits could be found from a plain hash in a stolen database."""
    return keyed(services, challenge_id, code)


def keyed(services: Services, purpose: str, text: str) -> str:
    return hmac.new(services.secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
