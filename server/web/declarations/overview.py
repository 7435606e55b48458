"""A declaration's overview: phase, next step, who has answered, revisions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Phase
from server.web.declarations.framing import render_framed
from server.web.declarations.links import links_for
from server.web.declarations.next_step import next_step
from server.web.declarations.situations import read_facts, read_page
from server.web.http.addresses import DECLARATION
from server.web.http.rendering import RELOAD, is_part


async def overview(request: Request) -> Response:
    facts = await read_page(request, permissions.can_see, read_facts)
    access = facts.access
    response = render_framed(
        request,
        "declarations/overview.html",
        access,
        facts=facts,
        next=next_step(facts.situation),
        links=links_for(facts),
        may_read=permissions.can_read_revisions(access),
        may_follow=permissions.can_follow_sign_offs(access),
    )
    if is_part(request) and access.phase is not Phase.SIGNING:
        response.headers[RELOAD] = "true"  # only the sign-offs ask again, and their phase is over
    return response


ROUTES = [Route(DECLARATION, overview)]
