"""A fresh proof of who somebody is, before an act that decides something.

A page that leads to such an act begins with `ensure_fresh(request)`: the person proves who they are and comes
back. The action decides itself (`Services.deciding_act`); what was typed into a form whose proof has grown
old meanwhile goes along and arrives after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from server.domain.addresses import safe_path
from server.domain.errors import NotSignedIn
from server.domain.people import sessions
from server.storage.people.passkeys import has_passkey
from server.web.http import csrf
from server.web.http.context import services_of
from server.web.http.rendering import render
from server.web.http.visits import person_of, visit_of
from server.web.sentences.messages import Message

CONFIRM: Final = "/account/confirm"
OWN: Final = "confirm_"
"""Begins the names of the confirmation's own fields; others belong to the form that is waiting."""


def proven_at(request: Request) -> datetime:
    """When the person last proved in this session who they are. Raises NotSignedIn."""
    at = visit_of(request).proven_at
    if at is None:
        raise NotSignedIn()
    return at


def ensure_fresh(request: Request) -> None:
    """Raises ProofNeeded, which leads to the confirmation and back to this page."""
    sessions.ensure_fresh(proven_at(request), services_of(request).now())


def confirm_address(next_path: str) -> str:
    return f"{CONFIRM}?next={quote(safe_path(next_path), safe='')}"


def page_of(request: Request) -> str:
    """The page that a request comes from, which browsers name to the same site only."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    return safe_path(parts.path + (f"?{parts.query}" if parts.query else ""))


async def ask_for_proof(request: Request, fields: Mapping[str, object]) -> Response:
    """In answer to a form whose act needs a proof. A file cannot go along: it has to be chosen again."""
    if any(isinstance(value, UploadFile) for value in fields.values()):
        return await confirmation(request, 403, next_path=page_of(request))
    return await confirmation(request, 403, next_path=request.url.path, waiting=waiting_fields(fields))


def waiting_fields(fields: Mapping[str, object]) -> dict[str, str]:
    """Of the form that waits for the proof, as it was sent."""
    return {
        name: value
        for name, value in fields.items()
        if isinstance(value, str) and name != csrf.FIELD and not name.startswith(OWN)
    }


async def confirmation(
    request: Request,
    status: int = 200,
    *,
    next_path: str,
    waiting: Mapping[str, str] | None = None,
    challenge_id: str = "",
    typed: str = "",
    problem: Message | None = None,
) -> Response:
    """The page. `next_path`: where to go on, with `waiting` (unless None) by sending those fields there."""
    person = person_of(request)
    has_key = await services_of(request).database.ask(lambda db: has_passkey(db, person.id))
    return render(
        request,
        "people/account/confirm.html",
        status,
        next_path=safe_path(next_path),
        waiting=waiting,
        has_passkey=has_key,
        challenge_id=challenge_id,
        typed=typed,
        problem=problem,
        email=person.email,
    )
