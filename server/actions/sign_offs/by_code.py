"""Signing with a one-time code sent to the person's own address: the weaker level."""

from __future__ import annotations

import hmac
from dataclasses import replace

from server.actions.people.account.codes import (
    CODE_ATTEMPTS,
    CODE_TTL,
    as_read,
    as_typed,
    ensure_may_send,
    keyed,
    new_code,
)
from server.actions.services import Services
from server.actions.sign_offs.confirmation import (
    give_sign_off,
    load_waiting,
    make_challenge,
    prepare_again,
    read_waiting,
)
from server.actions.sign_offs.preparation import PreparedSignOff, ensure_accepted, prepare
from server.actions.sign_offs.request import SignOffRequest
from server.actions.sign_offs.statement import make_statement
from server.domain.audit import Tag
from server.domain.canonical import digest as sha256
from server.domain.errors import InvalidCode, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_sign
from server.domain.sign_offs.statements import Level, SignOff, Statement
from server.mail.notices.sign_offs import SignOffCode
from server.signing.evidence.kinds.email_code import email_evidence
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import ChallengeKind


async def send_code(services: Services, *, actor: Person, slug: str, request: SignOffRequest) -> str:
    """Sends a one-time code to the person's own address; returns the challenge's id."""
    async with services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act:
        ensure_accepted(act.access.declaration, Level.EMAIL_CODE)
        prepared = await prepare(act.db, act.access, request, act.now)
        statement = await make_statement(act.db, prepared, request, act.now)
        waiting = make_challenge(ChallengeKind.SIGN_CODE, prepared, request, statement, act.now, CODE_TTL)
        await ensure_may_send(act, actor)
        code = new_code()
        secret_hash = keyed(services, waiting.id, code)
        await challenges.append_challenge(act.db, replace(waiting, secret_hash=secret_hash))
        await act.notify(actor, _notice(prepared, code))
        act.record(Tag.SIGN_OFF_CODE_SEND, prepared.facts)
    return waiting.id


async def confirm_code(
    services: Services, *, actor: Person, slug: str, challenge_id: str, code: str
) -> SignOff:
    """Raises InvalidCode with `left` attempts. A wrong attempt is an act of its own: it is counted, recorded
    and committed, and only then refused."""
    async with services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act:
        waiting = await load_waiting(
            act.db, act.access, challenge_id, ChallengeKind.SIGN_CODE, act.now, InvalidCode(left=0)
        )
        left = CODE_ATTEMPTS - waiting.challenge.attempts - 1
        if left < 0:
            raise InvalidCode(left=0)
        prepared = await prepare_again(act.db, act.access, waiting, act.now)
        given = keyed(services, challenge_id, as_typed(code))
        if hmac.compare_digest(given, waiting.challenge.secret_hash or ""):
            evidence = email_evidence(
                sent_at=waiting.challenge.created_at,
                confirmed_at=act.now,
                address_hash=keyed(services, "address", actor.email.lower()),
                code_hash=given,
                statement_digest=sha256(waiting.statement_bytes),
            )
            return await give_sign_off(act, waiting, prepared, Level.EMAIL_CODE, evidence)
        await challenges.count_attempt(act.db, challenge_id)
        act.record(Tag.SIGN_OFF_CODE_REFUSE, prepared.facts | {"left": left})
    raise InvalidCode(left=left)


async def find_waiting(
    services: Services, *, actor: Person, slug: str, challenge_id: str
) -> Statement | None:
    """What this person's code for this declaration confirms, while it waits to be entered. Raises NotFound
    for one that is unknown here."""
    async with services.database.read() as db:
        found = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_CODE, actor.id)
    waiting = read_waiting(found) if found is not None else None
    if waiting is None or waiting.statement.declaration != slug:
        raise NotFound(what="challenge")
    return waiting.statement if waiting.challenge.used_at is None else None


def _notice(prepared: PreparedSignOff, code: str) -> SignOffCode:
    return SignOffCode(
        name=prepared.access.person.name,
        municipality=prepared.mandate.municipality.name,
        declaration=prepared.declaration.title,
        revision=prepared.revision.number,
        digest=prepared.revision.digest,
        code=as_read(code),
        minutes=int(CODE_TTL.total_seconds() // 60),
    )
