"""Giving a sign-off: with a passkey, or with a code by e-mail.

In both ways the statement is made first, shown, and only then confirmed; what is stored are the very
bytes that were confirmed.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.passkeys import CHALLENGE_LIFE
from server.actions.services import Services
from server.documents.printable import ensure_lines_printable, ensure_printable_text
from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import digest as sha256
from server.domain.declarations import Declaration, Revision
from server.domain.errors import (
    AlreadyAnswered,
    InvalidCode,
    InvalidPasskey,
    NotAllowed,
    NotFound,
    StaleRevision,
)
from server.domain.people import Mandate, MandateKind, Person
from server.domain.permissions import Access, can_sign
from server.domain.sign_offs import Answer, Level, SignOff, Statement, parse_statement
from server.signing.evidence import email_evidence, sign_off_digest
from server.signing.passkeys import KnownPasskey, assertion_options, verify_assertion
from server.storage import audit, challenges, mails, municipalities, passkeys, revisions, sign_offs
from server.storage.access import access_declaration
from server.storage.challenges import Challenge, ChallengeKind

CODE_LIFE: Final = timedelta(minutes=15)
CODE_DIGITS: Final = 8
CODE_ATTEMPTS: Final = 5
"""With eight digits and five attempts a guess succeeds once in twenty million codes."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a signatory answers, beside the wording. The default is the plain signature."""

    answer: Answer = Answer.SIGNS
    text: str = ""
    council_date: str = ""
    reason_for_representation: str = ""


PLAIN: Final = Reply()


@dataclass(frozen=True, slots=True)
class _Asked:
    declaration: Declaration
    revision: Revision
    mandate: Mandate
    statement: Statement


async def begin_with_passkey(
    services: Services,
    *,
    actor: Person,
    slug: str,
    digest: str,
    mandate_id: int,
    wording: str,
    reply: Reply = PLAIN,
) -> tuple[str, dict[str, object]]:
    """The challenge's id, and the options for `navigator.credentials.get`.

    `wording` is the sentence above the button, as shown. Raises StaleRevision when `digest` is not
    the current text's, AlreadyAnswered, InvalidPasskey when the person has none.
    """
    async with services.database.write() as db:
        asked = await _ask(services, db, actor, slug, digest, mandate_id, wording, reply)
        statement = asked.statement.canonical()
        known = [passkey.credential_id for passkey in await passkeys.list_for(db, actor.id)]
        if not known:
            raise InvalidPasskey(reason="none")
        challenge = hashlib.sha256(statement).digest()
        waiting = _challenge(services, ChallengeKind.SIGN_PASSKEY, actor, asked, CHALLENGE_LIFE)
        await challenges.append_challenge(db, waiting)
    options = assertion_options(services.relying_party, challenge=challenge, credentials=known)
    return waiting.id, options


async def finish_with_passkey(
    services: Services, *, actor: Person, challenge_id: str, response: Mapping[str, object]
) -> SignOff:
    """Raises InvalidPasskey, StaleRevision, WrongPhase, AlreadyAnswered; then nothing is stored."""
    async with services.database.write() as db:
        waiting = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_PASSKEY, actor.id)
        if waiting is None or not waiting.is_open(services.now()):
            raise InvalidPasskey(reason="expired")
        asked = await _ask_again(services, db, actor, waiting)
        passkey = await passkeys.find_by_credential(db, _credential_id(response))
        if passkey is None or passkey.person_id != actor.id:
            raise InvalidPasskey(reason="unknown")
        known = KnownPasskey(
            passkey.credential_id, passkey.cose_key, passkey.sign_count, passkey.registration
        )
        proof = verify_assertion(
            services.relying_party, response=response, challenge=waiting.challenge, passkey=known
        )
        await passkeys.count_use(db, passkey.id, proof.new_sign_count)
        return await _record(services, db, actor, waiting, asked, Level.PASSKEY, proof.evidence)


async def send_code(
    services: Services,
    *,
    actor: Person,
    slug: str,
    digest: str,
    mandate_id: int,
    wording: str,
    reply: Reply = PLAIN,
    language: str = "de",
) -> str:
    """Sends a one-time code to the person's own address; returns the challenge's id."""
    async with services.database.write() as db:
        asked = await _ask(services, db, actor, slug, digest, mandate_id, wording, reply)
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        waiting = _challenge(services, ChallengeKind.SIGN_CODE, actor, asked, CODE_LIFE, code)
        await challenges.append_challenge(db, waiting)
        mail = services.messages.compose(
            "sign_off_code",
            language,
            name=actor.name,
            municipality=asked.mandate.municipality.name,
            declaration=asked.declaration.title,
            revision=asked.revision.number,
            digest=asked.revision.digest,
            code=f"{code[:4]} {code[4:]}",
            minutes=int(CODE_LIFE.total_seconds() // 60),
        )
        await mails.append_mail(db, actor.email, mail.subject, mail.body, services.now())
        facts = {"revision": asked.revision.number, "ags": asked.mandate.municipality.ags}
        event = AuditEvent(services.now(), Tag.SIGN_OFF_CODE_SEND, actor.id, slug, facts)
        await audit.append_event(db, event)
    services.mail_waiting.set()
    return waiting.id


async def confirm_code(services: Services, *, actor: Person, challenge_id: str, code: str) -> SignOff:
    """Raises InvalidCode with `left` attempts; a wrong attempt is counted, nothing else is stored."""
    async with services.database.write() as db:
        waiting = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_CODE, actor.id)
        now = services.now()
        if waiting is None or not waiting.is_open(now) or waiting.attempts >= CODE_ATTEMPTS:
            raise InvalidCode(left=0)
        asked = await _ask_again(services, db, actor, waiting)
        given = _hash_code(services, waiting.id, "".join(code.split()))
        if hmac.compare_digest(given, waiting.secret_hash or ""):
            evidence = email_evidence(
                sent_at=waiting.created_at,
                confirmed_at=now,
                address_hash=_keyed(services, "address", actor.email.lower()),
                code_hash=given,
                statement_digest=sha256(waiting.statement or b""),
            )
            return await _record(services, db, actor, waiting, asked, Level.EMAIL_CODE, evidence)
        await challenges.count_attempt(db, waiting.id)
    raise InvalidCode(left=CODE_ATTEMPTS - waiting.attempts - 1)


async def _ask(
    services: Services,
    db: AsyncSession,
    actor: Person,
    slug: str,
    digest: str,
    mandate_id: int,
    wording: str,
    reply: Reply,
) -> _Asked:
    """Everything that must hold before a statement is made. Raises UnprintableText for a name, a title or
    a Protokollerklärung that the document cannot show."""
    access = await access_declaration(db, actor, slug, can_sign, services.now(), lock=True)
    mandate = _mandate(access, mandate_id)
    revision = await revisions.find_current(db, access.declaration.id)
    if revision is None or not hmac.compare_digest(revision.digest, digest):
        raise StaleRevision(current=revision.number if revision else 0)
    if await sign_offs.find_sign_off(db, revision.id, mandate.municipality.ags):
        raise AlreadyAnswered(municipality=mandate.municipality.name)
    represents = await _represented(services, db, access, mandate)
    statement = _statement(services, access, mandate, revision, wording, reply, represents)
    await asyncio.to_thread(_ensure_printable, statement)
    return _Asked(access.declaration, revision, mandate, statement)


def _ensure_printable(s: Statement) -> None:
    """Everything that will stand in the document; refused now, not in the night before the release."""
    for part in (s.municipality, s.signatory, s.title, s.represents, s.council_date):
        ensure_printable_text(part, s.municipality)
    ensure_lines_printable(s.municipality, [s.text])


async def _ask_again(services: Services, db: AsyncSession, actor: Person, waiting: Challenge) -> _Asked:
    """The same when the answer comes: minutes have passed. The statement is the one that was made then."""
    if waiting.statement is None or waiting.mandate_id is None:
        raise NotFound(what="challenge")
    statement = parse_statement(json.loads(waiting.statement))
    asked = await _ask(
        services,
        db,
        actor,
        statement.declaration,
        statement.revision_digest,
        waiting.mandate_id,
        statement.wording,
        PLAIN,
    )
    return _Asked(asked.declaration, asked.revision, asked.mandate, statement)


async def _record(
    services: Services,
    db: AsyncSession,
    actor: Person,
    waiting: Challenge,
    asked: _Asked,
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


def _challenge(
    services: Services,
    kind: ChallengeKind,
    actor: Person,
    asked: _Asked,
    life: timedelta,
    code: str | None = None,
) -> Challenge:
    statement, now, challenge_id = asked.statement.canonical(), services.now(), secrets.token_urlsafe(32)
    return Challenge(
        id=challenge_id,
        kind=kind,
        person_id=actor.id,
        challenge=hashlib.sha256(statement).digest(),
        created_at=now,
        expires_at=now + life,
        revision_id=asked.revision.id,
        mandate_id=asked.mandate.id,
        statement=statement,
        secret_hash=_hash_code(services, challenge_id, code) if code else None,
    )


def _mandate(access: Access, mandate_id: int) -> Mandate:
    for mandate in access.mandates:
        if mandate.id == mandate_id:
            return mandate
    raise NotAllowed()


def _hash_code(services: Services, challenge_id: str, code: str) -> str:
    """Keyed: eight digits could be found from a plain hash in a stolen database."""
    return _keyed(services, challenge_id, code)


def _keyed(services: Services, purpose: str, text: str) -> str:
    return hmac.new(services.secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()


def _credential_id(response: Mapping[str, object]) -> bytes:
    raw = response.get("rawId", response.get("id"))
    if not isinstance(raw, str) or len(raw) > 2000:
        raise InvalidPasskey(reason="malformed")
    try:
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    except ValueError as error:
        raise InvalidPasskey(reason="malformed") from error
