"""Signing in through a provider. It only proves somebody who was invited.

The first time a code goes to the person's own address, whatever the provider says about it. From then on
issuer and subject count, never the address.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from server.actions.act import Act
from server.actions.people.account.codes import CODE_ATTEMPTS, CODE_TTL, as_read, as_typed, keyed, new_code
from server.actions.people.account.entering import Browser, NewSession, enter
from server.actions.people.provider.client import Proven
from server.actions.services import Services
from server.domain.addresses import safe_path
from server.domain.audit import Tag
from server.domain.errors import InvalidCode, NotFound
from server.domain.people.persons import Person
from server.domain.people.provider_errors import NotInvited, ProviderRefused
from server.domain.people.providers import Provider
from server.mail.notices.account import ConfirmationCode
from server.signing.passkeys import base64url
from server.storage.people import identities, persons, spent
from server.storage.sign_offs import challenges
from server.storage.sign_offs.challenges import Challenge, ChallengeKind

TTL: Final = timedelta(minutes=15)
"""To sign in at the provider."""


@dataclass(frozen=True, slots=True)
class WaitingLink:
    """A code went to the person's address; `challenge_id` names what waits for it."""

    challenge_id: str


def find_provider(services: Services, key: str) -> Provider:
    """Raises NotFound."""
    found = next((provider for provider in services.providers if provider.key == key), None)
    if found is None:
        raise NotFound(what="provider")
    return found


async def begin(services: Services, *, browser: Browser, key: str, next_path: str) -> str:
    """Where to send the browser. Nothing is kept: the state carries its time and the way on, sealed and bound
    to the browser. Raises NotFound, ProviderFailed."""
    provider = find_provider(services, key)
    endpoints = await services.provider_client.discover(provider)
    asked = [int(services.now().timestamp()), secrets.token_urlsafe(12), safe_path(next_path)]
    head = base64url.encode(json.dumps([key, *asked]).encode())
    state = f"{head}.{keyed(services, 'provider state', f'{head}:{browser.secret}')}"
    return str(
        prepare_grant_uri(
            endpoints.authorization,
            client_id=provider.client_id,
            response_type="code",
            redirect_uri=_redirect_uri(services, key),
            scope="openid email",
            state=state,
            nonce=_derived(services, "nonce", state, browser),
            code_challenge=create_s256_code_challenge(_derived(services, "verifier", state, browser)),
            code_challenge_method="S256",
        )
    )


async def come_back(
    services: Services, *, browser: Browser, key: str, state: str, code: str
) -> NewSession | WaitingLink:
    """Raises NotFound, ProviderFailed, ProviderRefused, ClockWrong, NotInvited."""
    provider, next_path = find_provider(services, key), _read_state(services, browser, key, state)
    async with services.account_act() as act:
        act.record_nothing()
        if not await spent.spend(act.db, state, act.now, act.now + TTL):
            raise ProviderRefused()
    proven = await services.provider_client.redeem(
        provider,
        code=code,
        redirect_uri=_redirect_uri(services, key),
        verifier=_derived(services, "verifier", state, browser),
        nonce=_derived(services, "nonce", state, browser),
        now=services.now(),
    )
    async with services.account_act() as act:
        known = await identities.find_person(act.db, provider.issuer, proven.subject)
        if known is not None:
            await identities.note_use(act.db, provider.issuer, proven.subject, act.now)
            new = await enter(services, act, known, browser, next_path)
            act.record(Tag.IDENTITY_USE, {"provider": key}, actor=known)
            return new
        person = await persons.find_by_email(act.db, proven.email) if proven.email else None
        if person is None or not provider.may_name(proven.email):
            raise NotInvited()
        return WaitingLink(await _send_code(services, act, browser, person, provider, proven, next_path))


async def _send_code(
    services: Services,
    act: Act,
    browser: Browser,
    person: Person,
    provider: Provider,
    proven: Proven,
    next_path: str,
) -> str:
    """The challenge's id."""
    challenge_id, code = secrets.token_urlsafe(32), new_code()
    facts = {"issuer": provider.issuer, "subject": proven.subject, "next": next_path}
    waiting = Challenge(
        challenge_id,
        ChallengeKind.LINK_IDENTITY,
        person.id,
        _bound(browser),
        act.now,
        act.now + CODE_TTL,
        statement=json.dumps(facts).encode(),
        secret_hash=keyed(services, challenge_id, code),
    )
    await challenges.append_challenge(act.db, waiting)
    minutes = int(CODE_TTL.total_seconds() // 60)
    await act.notify(person, ConfirmationCode(name=person.name, code=as_read(code), minutes=minutes))
    act.record(Tag.PROOF_CODE_SEND, actor=person)
    return challenge_id


async def link(services: Services, *, browser: Browser, challenge_id: str, code: str) -> NewSession:
    """The code has come: issuer and subject are the person's from now on. Raises InvalidCode with `left`
    attempts."""
    async with services.account_act() as act:
        waiting = await challenges.find_for_browser(
            act.db, challenge_id, ChallengeKind.LINK_IDENTITY, _bound(browser)
        )
        if waiting is None or not waiting.is_open(act.now) or waiting.attempts >= CODE_ATTEMPTS:
            raise InvalidCode(left=0)
        person = await persons.load_person(act.db, waiting.person_id)
        given = keyed(services, challenge_id, as_typed(code))
        if hmac.compare_digest(given, waiting.secret_hash or ""):
            facts = json.loads(waiting.statement or b"{}")
            await challenges.close_challenge(act.db, challenge_id, act.now)
            if await identities.find_person(act.db, facts["issuer"], facts["subject"]) is not None:
                raise ProviderRefused()
            await identities.append(act.db, person.id, facts["issuer"], facts["subject"], act.now)
            new = await enter(services, act, person, browser, facts["next"])
            act.record(Tag.IDENTITY_LINK, actor=person)
            return new
        left = CODE_ATTEMPTS - waiting.attempts - 1
        await challenges.count_attempt(act.db, challenge_id)
        act.record(Tag.IDENTITY_REFUSE, {"left": left}, actor=person)
    raise InvalidCode(left=left)


def _read_state(services: Services, browser: Browser, key: str, state: str) -> str:
    """The way on. Raises ProviderRefused."""
    head, _, seal = state.partition(".")
    wanted = keyed(services, "provider state", f"{head}:{browser.secret}")
    if not hmac.compare_digest(seal.encode(errors="replace"), wanted.encode()):
        raise ProviderRefused()
    sealed_key, asked_at, _, next_path = json.loads(base64url.decode(head))
    age = services.now().timestamp() - asked_at
    if sealed_key != key or not 0 <= age <= TTL.total_seconds():
        raise ProviderRefused()
    return str(next_path)


def _derived(services: Services, purpose: str, state: str, browser: Browser) -> str:
    """64 characters that only we can make again, for this state in this browser: nonce, and the verifier of
    PKCE (RFC 7636, section 4.1)."""
    return keyed(services, f"provider {purpose}", f"{state}:{browser.secret}")


def _bound(browser: Browser) -> bytes:
    return hashlib.sha256(browser.secret.encode()).digest()


def _redirect_uri(services: Services, key: str) -> str:
    return f"{services.base_url}/login/with/{key}/back"
