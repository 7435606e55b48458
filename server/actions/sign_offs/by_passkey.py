"""Signing with a passkey: its challenge is the digest of the statement."""

from __future__ import annotations

from collections.abc import Mapping

from server.actions.people.account.assertions import check_assertion, find_named_passkey, noting_refusals
from server.actions.people.passkeys import CHALLENGE_TTL
from server.actions.services import Services
from server.actions.sign_offs.confirmation import (
    give_sign_off,
    load_waiting,
    make_challenge,
    prepare_again,
)
from server.actions.sign_offs.preparation import ensure_accepted, prepare
from server.actions.sign_offs.request import SignOffRequest
from server.actions.sign_offs.statement import make_statement
from server.domain.errors import InvalidPasskey
from server.domain.people.persons import Person
from server.domain.permissions import can_sign
from server.domain.sign_offs.statements import Level, SignOff
from server.signing.evidence.kinds.passkey import passkey_evidence
from server.signing.passkeys.ceremonies import assertion_options
from server.storage.people import passkeys
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import ChallengeKind


async def begin_with_passkey(
    services: Services, *, actor: Person, slug: str, request: SignOffRequest
) -> tuple[str, dict[str, object], bytes]:
    """The challenge's id, the options for `navigator.credentials.get`, and the statement that is signed with
    them, so that the browser can compare it with what it shows.

    Raises StaleRevision when the request's digest is not the current text's, AlreadyAnswered, InvalidPasskey
    when the person has none.
    """
    async with services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act:
        ensure_accepted(act.access.declaration, Level.PASSKEY)
        prepared = await prepare(act.db, act.access, request, act.now)
        statement = await make_statement(act.db, prepared, request, act.now)
        known = [passkey.credential_id for passkey in await passkeys.list_for(act.db, actor.id)]
        if not known:
            raise InvalidPasskey(reason="none")
        waiting = make_challenge(
            ChallengeKind.SIGN_PASSKEY, prepared, request, statement, act.now, CHALLENGE_TTL
        )
        await challenges.append_challenge(act.db, waiting)
        act.record_nothing()
    options = assertion_options(services.relying_party, challenge=waiting.challenge, credentials=known)
    return waiting.id, options, statement.canonical()


async def finish_with_passkey(
    services: Services, *, actor: Person, slug: str, challenge_id: str, response: Mapping[str, object]
) -> SignOff:
    """Raises InvalidPasskey, StaleRevision, WrongPhase, AlreadyAnswered; then nothing is stored."""
    async with (
        noting_refusals(services, actor),
        services.act(actor=actor, slug=slug, may=can_sign, lock=True) as act,
    ):
        expired = InvalidPasskey(reason="expired")
        waiting = await load_waiting(
            act.db, act.access, challenge_id, ChallengeKind.SIGN_PASSKEY, act.now, expired
        )
        prepared = await prepare_again(act.db, act.access, waiting, act.now)
        passkey = await find_named_passkey(act.db, response)
        if passkey.person_id != actor.id:
            raise InvalidPasskey(reason="unknown")
        known, proof = await check_assertion(
            act.db,
            services.relying_party,
            passkey=passkey,
            response=response,
            challenge=waiting.challenge.challenge,
            now=act.now,
        )
        evidence = passkey_evidence(known, proof)
        return await give_sign_off(act, waiting, prepared, Level.PASSKEY, evidence)
