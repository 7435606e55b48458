"""Signing with a passkey: its challenge is the digest of the statement."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from server.actions.people.passkeys import CHALLENGE_TTL
from server.actions.services import Services
from server.actions.sign_offs.statement import (
    PLAIN,
    Reply,
    ask,
    ask_again,
    ensure_waiting,
    make_challenge,
    record,
)
from server.domain.errors import InvalidPasskey
from server.domain.people.persons import Person
from server.domain.sign_offs import Level, SignOff
from server.signing.evidence.kinds.passkey import passkey_evidence
from server.signing.passkeys.ceremonies import KnownPasskey, assertion_options, verify_assertion
from server.storage.people import passkeys
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import ChallengeKind


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
        asked = await ask(services, db, actor, slug, digest, mandate_id, wording, reply)
        statement = asked.statement.canonical()
        known = [passkey.credential_id for passkey in await passkeys.list_for(db, actor.id)]
        if not known:
            raise InvalidPasskey(reason="none")
        challenge = hashlib.sha256(statement).digest()
        waiting = make_challenge(services, ChallengeKind.SIGN_PASSKEY, actor, asked, CHALLENGE_TTL)
        await challenges.append_challenge(db, waiting)
    options = assertion_options(services.relying_party, challenge=challenge, credentials=known)
    return waiting.id, options


async def finish_with_passkey(
    services: Services, *, actor: Person, challenge_id: str, response: Mapping[str, object]
) -> SignOff:
    """Raises InvalidPasskey, StaleRevision, WrongPhase, AlreadyAnswered; then nothing is stored."""
    async with services.database.write() as db:
        found = await challenges.find_challenge(db, challenge_id, ChallengeKind.SIGN_PASSKEY, actor.id)
        waiting = ensure_waiting(found, services.now(), InvalidPasskey(reason="expired"))
        asked = await ask_again(services, db, actor, waiting)
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
        evidence = passkey_evidence(known, proof)
        return await record(services, db, actor, waiting, asked, Level.PASSKEY, evidence)


def _credential_id(response: Mapping[str, object]) -> bytes:
    raw = response.get("rawId", response.get("id"))
    if not isinstance(raw, str) or len(raw) > 2000:
        raise InvalidPasskey(reason="malformed")
    try:
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    except ValueError as error:
        raise InvalidPasskey(reason="malformed") from error
