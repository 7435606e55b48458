"""Somebody who is signed in proves again who they are, by a passkey or a code, before a deciding act."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from server.actions.people.account.assertions import check_assertion, find_named_passkey, noting_refusals
from server.actions.people.account.codes import (
    CODE_ATTEMPTS,
    CODE_TTL,
    as_read,
    as_typed,
    ensure_may_send,
    keyed,
    new_code,
)
from server.actions.people.passkeys import CHALLENGE_TTL
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidCode, InvalidPasskey
from server.domain.people.persons import Person
from server.mail.notices.account import ConfirmationCode
from server.signing.passkeys.ceremonies import assertion_options
from server.storage.people import passkeys, sessions
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import Challenge, ChallengeKind


async def send_code(services: Services, *, actor: Person) -> str:
    """Sends a code to the person's own address; returns the challenge's id."""
    async with services.account_act(actor) as act:
        await ensure_may_send(act, actor)
        waiting = _ask(ChallengeKind.PROVE_CODE, actor, services, CODE_TTL)
        code = new_code()
        await challenges.append_challenge(
            act.db, replace(waiting, secret_hash=keyed(services, waiting.id, code))
        )
        minutes = int(CODE_TTL.total_seconds() // 60)
        await act.notify(actor, ConfirmationCode(name=actor.name, code=as_read(code), minutes=minutes))
        act.record(Tag.PROOF_CODE_SEND)
    return waiting.id


async def confirm_by_code(
    services: Services, *, actor: Person, session_token: str, challenge_id: str, code: str
) -> None:
    """Raises InvalidCode with `left` attempts. A wrong attempt is counted and committed, and only then
    refused."""
    async with services.account_act(actor) as act:
        waiting = await challenges.find_challenge(act.db, challenge_id, ChallengeKind.PROVE_CODE, actor.id)
        if waiting is None or not waiting.is_open(act.now) or waiting.attempts >= CODE_ATTEMPTS:
            raise InvalidCode(left=0)
        given = keyed(services, waiting.id, as_typed(code))
        if hmac.compare_digest(given, waiting.secret_hash or ""):
            await challenges.close_challenge(act.db, waiting.id, act.now)
            await sessions.note_proof(act.db, session_token, act.now)
            act.record(Tag.PROOF_GIVE, {"by": "code"})
            return
        left = CODE_ATTEMPTS - waiting.attempts - 1
        await challenges.count_attempt(act.db, waiting.id)
        act.record(Tag.PROOF_CODE_REFUSE, {"left": left})
    raise InvalidCode(left=left)


async def begin_with_passkey(services: Services, *, actor: Person) -> tuple[str, dict[str, object]]:
    """The challenge's id, and the options for `navigator.credentials.get`. Raises InvalidPasskey when the
    person has none."""
    async with services.account_act(actor) as act:
        known = [passkey.credential_id for passkey in await passkeys.list_for(act.db, actor.id)]
        if not known:
            raise InvalidPasskey(reason="none")
        waiting = _ask(ChallengeKind.PROVE_PASSKEY, actor, services, CHALLENGE_TTL)
        await challenges.append_challenge(act.db, waiting)
        act.record_nothing()
    return waiting.id, assertion_options(
        services.relying_party, challenge=waiting.challenge, credentials=known
    )


async def confirm_by_passkey(
    services: Services,
    *,
    actor: Person,
    session_token: str,
    challenge_id: str,
    response: Mapping[str, object],
) -> None:
    """Raises InvalidPasskey."""
    async with noting_refusals(services, actor), services.account_act(actor) as act:
        waiting = await challenges.find_challenge(act.db, challenge_id, ChallengeKind.PROVE_PASSKEY, actor.id)
        if waiting is None or not waiting.is_open(act.now):
            raise InvalidPasskey(reason="expired")
        passkey = await find_named_passkey(act.db, response)
        if passkey.person_id != actor.id:
            raise InvalidPasskey(reason="unknown")
        await check_assertion(
            act.db,
            services.relying_party,
            passkey=passkey,
            response=response,
            challenge=waiting.challenge,
            now=act.now,
        )
        await challenges.close_challenge(act.db, waiting.id, act.now)
        await sessions.note_proof(act.db, session_token, act.now)
        act.record(Tag.PROOF_GIVE, {"by": "passkey"})


def _ask(kind: ChallengeKind, actor: Person, services: Services, ttl: timedelta) -> Challenge:
    now = services.now()
    return Challenge(secrets.token_urlsafe(32), kind, actor.id, secrets.token_bytes(32), now, now + ttl)
