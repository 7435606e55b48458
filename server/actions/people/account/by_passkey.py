"""Signing in with a passkey alone: the authenticator names the person.

Who asks for a challenge is nobody yet, and may ask as often as the limits let them. So nothing is kept until
an answer is right: the challenge carries its own time and seal, bound to the browser, and an answer counts
once.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from server.actions.people.account.assertions import check_assertion, find_named_passkey, noting_refusals
from server.actions.people.account.codes import keyed
from server.actions.people.account.entering import Browser, NewSession, enter
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidPasskey
from server.signing.passkeys import base64url
from server.signing.passkeys.ceremonies import assertion_options
from server.storage.people import persons, spent

TTL: Final = timedelta(hours=1)
"""A sign-in page may stand open for a while."""
_TIME, _NONCE, _SEAL = 8, 16, 32  # bytes


def ask_for_passkey(services: Services, *, browser: Browser) -> tuple[str, dict[str, object]]:
    """The challenge as text, and the options for `navigator.credentials.get`."""
    head = int(services.now().timestamp()).to_bytes(_TIME, "big") + secrets.token_bytes(_NONCE)
    challenge = head + _seal(services, browser, head)
    options = assertion_options(services.relying_party, challenge=challenge, credentials=())
    return base64url.encode(challenge), options


async def enter_with_passkey(
    services: Services, *, browser: Browser, challenge: str, response: Mapping[str, object], next_path: str
) -> NewSession:
    """Raises InvalidPasskey. A passkey that is somebody's and was refused stands in their trail."""
    asked = _read_challenge(services, browser, challenge)
    async with services.database.read() as db:
        owner = await persons.load_person(db, (await find_named_passkey(db, response)).person_id)
    async with noting_refusals(services, owner), services.account_act(owner) as act:
        if not await spent.spend(act.db, challenge, act.now, act.now + TTL):
            raise InvalidPasskey(reason="expired")
        passkey = await find_named_passkey(act.db, response)
        await check_assertion(
            act.db,
            services.relying_party,
            passkey=passkey,
            response=response,
            challenge=asked,
            now=act.now,
        )
        new = await enter(services, act, owner, browser, next_path)
        act.record(Tag.PASSKEY_USE)
    return new


def _read_challenge(services: Services, browser: Browser, text: str) -> bytes:
    try:
        challenge = base64url.decode(text)
    except ValueError as error:
        raise InvalidPasskey(reason="malformed") from error
    head, seal = challenge[: _TIME + _NONCE], challenge[_TIME + _NONCE :]
    asked_at = int.from_bytes(head[:_TIME], "big")
    age = services.now().timestamp() - asked_at
    if not hmac.compare_digest(seal, _seal(services, browser, head)) or not 0 <= age <= TTL.total_seconds():
        raise InvalidPasskey(reason="expired")
    return challenge


def _seal(services: Services, browser: Browser, head: bytes) -> bytes:
    return bytes.fromhex(keyed(services, "passkey sign-in", f"{head.hex()}:{browser.secret}"))
