"""What an authenticator answers, checked against the passkey it names."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import InvalidPasskey
from server.domain.people.persons import Person
from server.signing.passkeys.ceremonies import KnownPasskey, PasskeyAssertion, verify_assertion
from server.signing.passkeys.relying_party import RelyingParty
from server.storage.people import passkeys
from server.storage.people.passkeys import Passkey

LONGEST_ID = 2_000
"""Characters in base64url; authenticators use up to 1,023 bytes (WebAuthn Level 3, section 4)."""


async def find_named_passkey(db: AsyncSession, response: Mapping[str, object]) -> Passkey:
    """That which the answer says it is from. Raises InvalidPasskey."""
    passkey = await passkeys.find_by_credential(db, _credential_id(response))
    if passkey is None:
        raise InvalidPasskey(reason="unknown")
    return passkey


async def check_assertion(
    db: AsyncSession,
    rp: RelyingParty,
    *,
    passkey: Passkey,
    response: Mapping[str, object],
    challenge: bytes,
    now: datetime,
) -> tuple[KnownPasskey, PasskeyAssertion]:
    """Notes the use. Raises InvalidPasskey."""
    known = KnownPasskey(passkey.credential_id, passkey.cose_key, passkey.sign_count, passkey.registration)
    proof = verify_assertion(rp, response=response, challenge=challenge, passkey=known)
    await passkeys.count_use(db, passkey.id, proof.new_sign_count, now)
    return known, proof


@asynccontextmanager
async def noting_refusals(services: Services, person: Person) -> AsyncIterator[None]:
    """A refused passkey stands in the person's own trail, though the act that it was for leaves nothing."""
    try:
        yield
    except InvalidPasskey as error:
        async with services.account_act(person) as act:
            act.record(Tag.PASSKEY_REFUSE, {"reason": str(error.facts.get("reason", ""))})
        raise


def _credential_id(response: Mapping[str, object]) -> bytes:
    raw = response.get("rawId", response.get("id"))
    if not isinstance(raw, str) or len(raw) > LONGEST_ID:
        raise InvalidPasskey(reason="malformed")
    try:
        return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
    except ValueError as error:
        raise InvalidPasskey(reason="malformed") from error
