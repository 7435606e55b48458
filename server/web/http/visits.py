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
from server.domain.people.sessions import SESSION_TTL
from server.web.http import languages

SESSION_COOKIE: Final = "kraftakt_session"
VISITOR_COOKIE: Final = "kraftakt_visitor"
LANGUAGE_SECONDS: Final = 365 * 24 * 60 * 60
SCOPE_KEY: Final = "kraftakt.visit"


@dataclass(frozen=True, slots=True)
class Visit:
    """`secret` binds this browser's forms: the session token, or a random cookie before signing in.

    `session_ends`: when the person will no longer be signed in; None for nobody.
    `fresh`: the browser does not have that cookie yet. `chosen`: the language was asked for just now.
    """

    request_id: str
    language: Language
    secret: str
    person: Person | None = None
    session_token: str | None = None
    session_ends: datetime | None = None
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


class Deployment(Protocol):
    """What cookies need to know of the services."""

    @property
    def base_url(self) -> str: ...


def begin_session(response: Response, token: str, deployment: Deployment) -> None:
    _set(response, SESSION_COOKIE, token, int(SESSION_TTL.total_seconds()), deployment)


def end_session(response: Response) -> None:
    response.delete_cookie(SESSION_COOKIE, path="/")


def remember_visit(response: Response, visit: Visit, deployment: Deployment) -> None:
    """Sets what a page with forms needs in the browser, and the language if it was just chosen."""
    if visit.fresh:
        _set(response, VISITOR_COOKIE, visit.secret, None, deployment)
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
        secure=deployment.base_url.startswith("https://"),
    )
