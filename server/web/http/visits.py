"""Who is looking, in which language, from which browser: one `Visit` a request."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from starlette.requests import HTTPConnection
from starlette.responses import Response

from server.domain.errors import NotSignedIn
from server.domain.people.languages import Language
from server.domain.people.persons import Person
from server.domain.people.sessions import SessionLimits
from server.web.http import languages

SESSION_COOKIE: Final = "kraftakt_session"
VISITOR_COOKIE: Final = "kraftakt_visitor"
HOST_PREFIX: Final = "__Host-"
"""Before the names of both over TLS: no other host of the domain can set them (RFC 6265bis, 4.1.3.2)."""
LANGUAGE_SECONDS: Final = 365 * 24 * 60 * 60
SCOPE_KEY: Final = "kraftakt.visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """`secret` binds this browser's forms: the session token, or a random cookie before signing in.

    `session_ends`: when the person will no longer be signed in, `proven_at`: when they last proved who they
    are; None for nobody.
    `fresh`: the browser does not have that cookie yet. `chosen`: the language was asked for just now.
    """

    request_id: str
    language: Language
    secret: str
    person: Person | None = None
    session_token: str | None = None
    session_ends: datetime | None = None
    proven_at: datetime | None = None
    fresh: bool = False
    chosen: bool = False

    @property
    def csrf_token(self) -> str:
        return hmac.new(self.secret.encode(), b"kraftakt csrf", hashlib.sha256).hexdigest()


def visit_of(connection: HTTPConnection) -> Visit:
    visit = connection.scope[SCOPE_KEY]
    if not isinstance(visit, Visit):
        raise TypeError("the visit middleware is missing")
    return visit


def person_of(connection: HTTPConnection) -> Person:
    """Raises NotSignedIn."""
    person = visit_of(connection).person
    if person is None:
        raise NotSignedIn()
    return person


def session_token_of(connection: HTTPConnection) -> str:
    """Raises NotSignedIn."""
    visit = visit_of(connection)
    if visit.person is None or visit.session_token is None:
        raise NotSignedIn()
    return visit.session_token


class Deployment(Protocol):
    """What cookies need to know of the services."""

    @property
    def base_url(self) -> str: ...
    @property
    def session_limits(self) -> SessionLimits: ...


def cookie_name(name: str, deployment: Deployment) -> str:
    return f"{HOST_PREFIX}{name}" if is_secure(deployment) else name


def is_secure(deployment: Deployment) -> bool:
    return deployment.base_url.startswith("https://")


def begin_session(response: Response, token: str, deployment: Deployment) -> None:
    seconds = int(deployment.session_limits.limit.total_seconds())
    _set(response, cookie_name(SESSION_COOKIE, deployment), token, seconds, deployment)


def end_session(response: Response, deployment: Deployment) -> None:
    response.delete_cookie(
        cookie_name(SESSION_COOKIE, deployment), path="/", secure=is_secure(deployment), httponly=True
    )


def remember_visit(response: Response, visit: Visit, deployment: Deployment) -> None:
    """Sets what a page with forms needs in the browser, and the language if it was just chosen."""
    if visit.fresh:
        _set(response, cookie_name(VISITOR_COOKIE, deployment), visit.secret, None, deployment)
    if visit.chosen:
        _set(response, languages.COOKIE, visit.language, LANGUAGE_SECONDS, deployment)


def _set(response: Response, name: str, value: str, seconds: int | None, deployment: Deployment) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(deployment),
    )
