"""Registering a passkey."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from server.actions.people.account.assertions import noting_refusals
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidPasskey
from server.domain.people.persons import Person
from server.domain.people.sessions import ensure_fresh
from server.mail.notices.account import PasskeyAdded
from server.signing.passkeys.assertion_check import registration_digest
from server.signing.passkeys.ceremonies import registration_options, verify_registration
from server.storage.people import passkeys, persons
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import Challenge, ChallengeKind

CHALLENGE_TTL: Final = timedelta(minutes=10)


async def begin_registration(
    services: Services, *, actor: Person, proven_at: datetime
) -> tuple[str, dict[str, object]]:
    """The challenge's id, and the options for `navigator.credentials.create`.

    `proven_at`: when the person last proved in this session who they are. Raises ProofNeeded.
    """
    ensure_fresh(proven_at, services.now())
    async with services.account_act(actor) as act:
        db, now, challenge = act.db, act.now, secrets.token_bytes(32)
        asked = Challenge(
            secrets.token_urlsafe(32),
            ChallengeKind.REGISTER,
            actor.id,
            challenge,
            now,
            now + CHALLENGE_TTL,
        )
        await challenges.append_challenge(db, asked)
        known = [passkey.credential_id for passkey in await passkeys.list_for(db, actor.id)]
        options = registration_options(
            services.relying_party,
            handle=await persons.load_handle(db, actor.id),
            email=actor.email,
            name=actor.name,
            challenge=challenge,
            known=known,
        )
        act.record_nothing()
    return asked.id, options


async def finish_registration(
    services: Services, *, actor: Person, challenge_id: str, response: Mapping[str, object], name: str = ""
) -> None:
    """`name`: what the person calls it, or the device it was made on. Raises InvalidPasskey.

    The key's fingerprint goes into the log: it could not be swapped later."""
    async with noting_refusals(services, actor), services.account_act(actor) as act:
        db, now = act.db, act.now
        asked = await challenges.find_challenge(db, challenge_id, ChallengeKind.REGISTER, actor.id)
        if asked is None or not asked.is_open(now):
            raise InvalidPasskey(reason="expired")
        made = verify_registration(services.relying_party, response=response, challenge=asked.challenge)
        if await passkeys.find_by_credential(db, made.credential_id):
            raise InvalidPasskey(reason="known")
        await challenges.close_challenge(db, asked.id, now)
        await passkeys.append_passkey(
            db,
            person_id=actor.id,
            credential_id=made.credential_id,
            cose_key=made.cose_key,
            sign_count=made.sign_count,
            registration=made.registration,
            now=now,
            name=name,
        )
        await act.notify(actor, PasskeyAdded(name=actor.name, at=now.isoformat()))
        act.record(Tag.PASSKEY_REGISTER, {"registration_sha256": registration_digest(made.registration)})
