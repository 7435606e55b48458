"""Freeze and reopen: each on a small page that says what will happen, then done once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import freezing
from server.domain import permissions
from server.domain.errors import Invalid
from server.domain.permissions import Access
from server.domain.text.what_changed import (
    MAX_WORDS,
    NATURES,
    NOTHING_SAID,
    ChangeMissing,
    Nature,
    WhatChanged,
)
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_signatories
from server.storage.text.revisions import read_heads
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_facts, read_page
from server.web.declarations.standing.outcomes import after
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.errors import Problem, problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of
from server.web.sign_offs.replies import LONGEST, read_words


async def confirm_freeze(request: Request) -> Response:
    page = await read_page(request, permissions.can_freeze, _read_next)
    ensure_fresh(request)
    return _freeze_page(request, page, {})


def _freeze_page(
    request: Request, page: NextRevision, typed: Mapping[str, str], problem: Problem | None = None
) -> Response:
    """`typed`: what came back with a `problem`, by field."""
    status = problem.status if problem else 200
    return render_framed(
        request,
        "text/freeze.html",
        page.access,
        status,
        page=page,
        typed=typed,
        problem=problem,
        natures=NATURES,
        most=MAX_WORDS,
    )


@dataclass(frozen=True, slots=True)
class NextRevision:
    """`asked`: how many may sign, and are sent an e-mail."""

    access: Access
    number: int
    asked: int


def _read_next(db: Reader, access: Access, now: datetime) -> NextRevision:
    declaration = access.declaration
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    asked = read_signatories(db, [declaration.id], now)[declaration.id]
    return NextRevision(access, heads[0].number + 1 if heads else 1, len(asked))


async def freeze(request: Request, form: Form) -> Response:
    """What does not fit is reported beside its field, and everything that was typed is kept."""
    person, slug = person_of(request), slug_of(request)
    page = await read_page(request, permissions.can_freeze, _read_next)
    try:
        changed = _read_changed(form) if page.number > 1 else NOTHING_SAID
    except Invalid as error:
        typed = {name: form.typed(name, LONGEST) for name in ("change", "nature")}
        return _freeze_page(request, page, typed, problem_of(error))
    await freezing.freeze_text(
        services_of(request), actor=person, slug=slug, proven_at=proven_at(request), changed=changed
    )
    return RedirectResponse(after(request, "fixed"), 303)


def _read_changed(form: Form) -> WhatChanged:
    """Raises ChangeMissing, WordsTooLong, UnprintableWords."""
    words, nature = read_words(form, "change", MAX_WORDS), form.optional_text("nature", 20)
    if not words:
        raise ChangeMissing(field="change")
    if nature not in set(Nature):
        raise ChangeMissing(field="nature")
    return WhatChanged(Nature(nature), words)


async def confirm_reopen(request: Request) -> Response:
    facts = await read_page(request, permissions.can_reopen, read_facts)
    return render_framed(request, "text/reopen.html", facts.access, facts=facts)


async def reopen(request: Request, _: Form) -> Response:
    await freezing.reopen_text(services_of(request), actor=person_of(request), slug=slug_of(request))
    return RedirectResponse(after(request, "reopened"), 303)


ROUTES = [
    Route(f"{DECLARATION}/freeze", confirm_freeze),
    form_route(f"{DECLARATION}/freeze", freeze),
    Route(f"{DECLARATION}/reopen", confirm_reopen),
    form_route(f"{DECLARATION}/reopen", reopen),
]
