"""Archive and withdraw: withdrawing on a page of its own that says what will happen."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.declarations.ending import archive_declaration, withdraw_declaration
from server.domain import permissions
from server.domain.errors import InvalidInput
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import Facts, read_facts, read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of

LONGEST_REASON = 2_000


async def archive(request: Request, form: Form) -> Response:
    """Into the archive, or with `archived` = "no" out of it."""
    archived = form.optional_text("archived", 5) != "no"
    await archive_declaration(
        services_of(request), actor=person_of(request), slug=slug_of(request), archived=archived
    )
    return RedirectResponse(declaration_path(request, "settings") + "#end", 303)


async def confirm_withdraw(request: Request) -> Response:
    facts = await read_page(request, permissions.can_withdraw, read_facts)
    ensure_fresh(request)
    return _page(request, facts, "", None)


def _page(request: Request, facts: Facts, reason: str, error: InvalidInput | None) -> Response:
    status = problem_of(error).status if error else 200
    return render_framed(
        request,
        "declarations/withdraw.html",
        facts.access,
        status,
        facts=facts,
        reason=reason,
        has_problem=error is not None,
        longest=LONGEST_REASON,
    )


async def withdraw(request: Request, form: Form) -> Response:
    try:
        reason = form.text("reason", LONGEST_REASON)
    except InvalidInput as error:
        facts = await read_page(request, permissions.can_withdraw, read_facts)
        return _page(request, facts, form.typed("reason"), error)
    await withdraw_declaration(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        proven_at=proven_at(request),
        reason=reason,
    )
    return RedirectResponse(declaration_path(request), 303)


ROUTES = [
    form_route(f"{DECLARATION}/archive", archive),
    Route(f"{DECLARATION}/withdraw", confirm_withdraw),
    form_route(f"{DECLARATION}/withdraw", withdraw),
]
