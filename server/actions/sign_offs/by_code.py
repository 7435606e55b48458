"""Signing with a one-time code sent to the person's own address: the weaker level."""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from typing import Final

from server.actions.services import Services
from server.actions.sign_offs.statement import (
    PLAIN,
    Reply,
    ask,
    ask_again,
    ensure_waiting,
    hash_code,
    keyed,
    make_challenge,
    record,
)
from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import digest as sha256
from server.domain.errors import InvalidCode
from server.domain.people.persons import Person
from server.domain.sign_offs import Level, SignOff
from server.signing.evidence.kinds.email_code import email_evidence
from server.storage.notices import mails
from server.storage.record import audit
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import ChallengeKind

CODE_TTL: Final = timedelta(minutes=15)
CODE_DIGITS: Final = 8
CODE_ATTEMPTS: Final = 5
"""With eight digits and five attempts a guess succeeds once in twenty million codes."""


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
        asked = await ask(services, db, actor, slug, digest, mandate_id, wording, reply)
        code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        waiting = make_challenge(services, ChallengeKind.SIGN_CODE, actor, asked, CODE_TTL, code)
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
            minutes=int(CODE_TTL.total_seconds() // 60),
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
        found = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_CODE, actor.id)
        now = services.now()
        waiting = ensure_waiting(found, now, InvalidCode(left=0))
        if waiting.attempts >= CODE_ATTEMPTS:
            raise InvalidCode(left=0)
        asked = await ask_again(services, db, actor, waiting)
        given = hash_code(services, waiting.id, "".join(code.split()))
        if hmac.compare_digest(given, waiting.secret_hash or ""):
            evidence = email_evidence(
                sent_at=waiting.created_at,
                confirmed_at=now,
                address_hash=keyed(services, "address", actor.email.lower()),
                code_hash=given,
                statement_digest=sha256(waiting.statement or b""),
            )
            return await record(services, db, actor, waiting, asked, Level.EMAIL_CODE, evidence)
        await challenges.count_attempt(db, waiting.id)
    raise InvalidCode(left=CODE_ATTEMPTS - waiting.attempts - 1)
