"""A line in the service's log for each refusal an operator may ask about: what, where, never with what."""

from __future__ import annotations

import logging
from typing import Final

from starlette.requests import Request
from starlette.routing import Route

from server.domain.errors import (
    InvalidCode,
    InvalidLink,
    InvalidPasskey,
    KraftaktError,
    NotAllowed,
    NotSignedIn,
    Overloaded,
    ProofNeeded,
    StaleForm,
    TooLarge,
    TooMany,
    WrongType,
)
from server.domain.people.invitations.errors import (
    FormulaCells,
    InvalidInvitation,
    LastCoordinator,
    LongTable,
    MergedCells,
    UnreadableTable,
)
from server.domain.people.provider_errors import ProviderFailed, ProviderRefused
from server.web.http.csrf import SAFE_METHODS
from server.web.http.visits import visit_of

log = logging.getLogger("kraftakt.refusals")

LOGGED: Final = (
    FormulaCells,
    InvalidCode,
    InvalidInvitation,
    InvalidLink,
    InvalidPasskey,
    LastCoordinator,
    LongTable,
    MergedCells,
    NotAllowed,
    Overloaded,
    ProviderFailed,
    ProviderRefused,
    StaleForm,
    TooLarge,
    TooMany,
    UnreadableTable,
    WrongType,
)


def note_refusal(request: Request, error: KraftaktError) -> None:
    """The address is the route's pattern: what stands in its place may be a token."""
    if isinstance(error, ProofNeeded) and request.method in SAFE_METHODS:
        return  # who opens a page is only asked to confirm
    if not isinstance(error, LOGGED) and not _is_without_session(request, error):
        return
    route = request.scope.get("route")
    place = route.path if isinstance(route, Route) else "-"
    visit = visit_of(request)
    person = visit.person.id if visit.person else 0
    log.warning(
        "request %s refused: %s at %s %s, person %s",
        visit.request_id,
        error.code,
        request.method,
        place,
        person,
    )


def _is_without_session(request: Request, error: KraftaktError) -> bool:
    """Who opens a page is only asked to sign in; who changes something brought a session that has ended."""
    return isinstance(error, NotSignedIn) and request.method not in SAFE_METHODS
