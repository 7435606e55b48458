"""What we ask of a provider over the network: bounded in time and size, and never led elsewhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from server.domain.people.provider_errors import ClockWrong, ProviderFailed, ProviderRefused
from server.domain.people.providers import Provider

TIMEOUT: Final = 10.0
"""Seconds for one answer, from connecting to its last byte."""
MAX_ANSWER: Final = 256 * 1024  # bytes
LEEWAY: Final = timedelta(minutes=5)
"""By which the provider's clock may differ from ours."""
ALGORITHMS: Final = ("RS256", "PS256", "ES256")
_LONGEST_SUBJECT: Final = 255  # OpenID Connect Core 1.0, section 2


@dataclass(frozen=True, slots=True)
class Endpoints:
    """From the provider's discovery document (OpenID Connect Discovery 1.0, section 3)."""

    authorization: str
    token: str
    keys: str


@dataclass(frozen=True, slots=True)
class Proven:
    """Who the provider says somebody is. `email` is what it claims, in small letters, or empty; it is a hint
    whom to ask, and proves nothing."""

    subject: str
    email: str


class ProviderClient:
    """`transport`: how to reach the network; by default plainly."""

    def __init__(self, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._transport = transport

    async def discover(self, provider: Provider) -> Endpoints:
        """Raises ProviderFailed."""
        found = await self._ask("GET", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != provider.issuer:
            raise ProviderFailed()
        secure = provider.issuer.startswith("https://")
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        return Endpoints(*(_address(found.get(name), secure=secure) for name in names))

    async def redeem(
        self, provider: Provider, *, code: str, redirect_uri: str, verifier: str, nonce: str, now: datetime
    ) -> Proven:
        """Who the code is about. Raises ProviderFailed, ProviderRefused, ClockWrong."""
        endpoints = await self.discover(provider)
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        secret = (provider.client_id, provider.client_secret)
        answer = await self._ask("POST", endpoints.token, data=form, auth=secret)
        keys = await self._ask("GET", endpoints.keys)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderFailed()
        return read_token(provider, token, keys, nonce, now)

    async def _ask(
        self,
        method: str,
        address: str,
        data: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
    ) -> dict[str, object]:
        """A JSON object."""
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        try:
            async with (
                asyncio.timeout(TIMEOUT),
                httpx.AsyncClient(transport=self._transport, trust_env=False, timeout=TIMEOUT) as client,
                client.stream(method, address, data=data, auth=auth, headers=headers) as answer,
            ):
                if answer.status_code != httpx.codes.OK or "content-encoding" in answer.headers:
                    raise ProviderFailed()
                body = bytearray()
                async for piece in answer.aiter_raw():
                    body += piece
                    if len(body) > MAX_ANSWER:
                        raise ProviderFailed()
            found: object = json.loads(body)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError, RecursionError) as error:
            raise ProviderFailed() from error
        if not isinstance(found, dict):
            raise ProviderFailed()
        return found


def _address(value: object, *, secure: bool) -> str:
    if not isinstance(value, str) or urlsplit(value).scheme not in (
        ("https",) if secure else ("http", "https")
    ):
        raise ProviderFailed()
    return value


def read_token(
    provider: Provider, token: str, keys: Mapping[str, object], nonce: str, now: datetime
) -> Proven:
    """Checks an ID token (OpenID Connect Core 1.0, section 3.1.3.7). Raises ProviderRefused, ClockWrong."""
    try:
        known = KeySet.import_key_set(dict(keys))  # type: ignore[arg-type]  # a stranger's JSON
        claims = jwt.decode(token, known, algorithms=list(ALGORITHMS)).claims
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderRefused() from error
    audience = claims.get("aud")
    audiences = audience if isinstance(audience, list) else [audience]
    if (
        claims.get("iss") != provider.issuer
        or audiences != [provider.client_id]
        or claims.get("nonce") != nonce
        or claims.get("azp", provider.client_id) != provider.client_id
    ):
        raise ProviderRefused()
    _ensure_times(claims, now)
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        raise ProviderRefused()
    return Proven(subject, _email(claims))


def _ensure_times(claims: Mapping[str, object], now: datetime) -> None:
    issued, ends = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(ends, int | float):
        raise ProviderRefused()
    moment, leeway = now.timestamp(), LEEWAY.total_seconds()
    if not (issued - leeway <= moment <= issued + leeway + TIMEOUT) or moment > ends + leeway:
        raise ClockWrong()


def _email(claims: Mapping[str, object]) -> str:
    """Empty where the provider itself says that it has not looked."""
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified", True) is not True:
        return ""
    return email.strip().lower()
