"""Freeze and reopen: each on a small page that says what will happen, then done once."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import freezing
from server.domain import permissions
from server.domain.permissions import Access
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_heads
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_facts, read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of


async def confirm_freeze(request: Request) -> Response:
    access, number = await read_page(request, permissions.can_freeze, _read_next_number)
    ensure_fresh(request)
    return render_framed(request, "text/freeze.html", access, number=number)


def _read_next_number(db: Reader, access: Access, _: datetime) -> tuple[Access, int]:
    heads = read_heads(db, [access.declaration.text_id])[access.declaration.text_id]
    return access, heads[0].number + 1 if heads else 1


async def freeze(request: Request, _: Form) -> Response:
    person, slug = person_of(request), slug_of(request)
    revision = await freezing.freeze_text(
        services_of(request), actor=person, slug=slug, proven_at=proven_at(request)
    )
    return RedirectResponse(declaration_path(request, f"revisions/{revision.number}"), 303)


async def confirm_reopen(request: Request) -> Response:
    facts = await read_page(request, permissions.can_reopen, read_facts)
    return render_framed(request, "text/reopen.html", facts.access, facts=facts)


async def reopen(request: Request, _: Form) -> Response:
    await freezing.reopen_text(services_of(request), actor=person_of(request), slug=slug_of(request))
    return RedirectResponse(declaration_path(request), 303)


ROUTES = [
    Route(f"{DECLARATION}/freeze", confirm_freeze),
    form_route(f"{DECLARATION}/freeze", freeze),
    Route(f"{DECLARATION}/reopen", confirm_reopen),
    form_route(f"{DECLARATION}/reopen", reopen),
]
