"""The page on which somebody proves who they are, with the form that waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from server.domain.addresses import safe_path
from server.storage.people.passkeys import has_passkey
from server.web.http import csrf
from server.web.http.context import services_of
from server.web.http.pages.rendering import render
from server.web.http.proof.freshness import page_of
from server.web.http.visits import person_of
from server.web.sentences.messages import Message

OWN: Final = "confirm_"
"""Begins the names of the confirmation's own fields; others belong to the form that is waiting."""


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
