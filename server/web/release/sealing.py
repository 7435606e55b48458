"""Sealing: a small page that says what will happen, then done once."""

from __future__ import annotations

from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.release import sealing
from server.domain import permissions
from server.domain.permissions import Access
from server.domain.sign_offs.errors import NobodySigned
from server.domain.terms.quorum import Standing
from server.storage.engine.types import Reader
from server.web.declarations.framing import render_framed
from server.web.declarations.quorum import missing_words, read_standing
from server.web.declarations.situations import Facts, read_facts, read_page
from server.web.declarations.standing.outcomes import after
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of


async def confirm_seal(request: Request) -> Response:
    facts, standing = await read_page(request, permissions.can_seal, read_seal)
    if not facts.progress.supporting:
        raise NobodySigned()
    ensure_fresh(request)
    missing = [missing_words(lack) for lack in standing.missing]
    return render_framed(request, "release/seal.html", facts.access, facts=facts, missing=missing)


def read_seal(db: Reader, access: Access, now: datetime) -> tuple[Facts, Standing]:
    return read_facts(db, access, now), read_standing(db, access, now)


async def seal(request: Request, _: Form) -> Response:
    person, slug = person_of(request), slug_of(request)
    await sealing.seal_declaration(
        services_of(request), actor=person, slug=slug, proven_at=proven_at(request)
    )
    return RedirectResponse(after(request, "sealed"), 303)


ROUTES = [
    Route(f"{DECLARATION}/seal", confirm_seal),
    form_route(f"{DECLARATION}/seal", seal),
]
