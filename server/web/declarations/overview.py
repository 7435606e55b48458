"""A declaration's overview: phase, next step, who has answered, revisions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Phase
from server.web.declarations.links import links_for
from server.web.declarations.next_step import next_step, step_line
from server.web.declarations.situations import read_facts, read_page
from server.web.http.addresses import DECLARATION
from server.web.http.rendering import RELOAD, is_part, render


async def overview(request: Request) -> Response:
    facts = await read_page(request, permissions.can_see, read_facts)
    access = facts.access
    response = render(
        request,
        "declarations/overview.html",
        facts=facts,
        access=access,
        next=next_step(facts.situation),
        steps=step_line(access.phase),
        links=links_for(facts),
        may_read=permissions.can_read_revisions(access),
        may_follow=permissions.can_follow_sign_offs(access),
    )
    if is_part(request) and access.phase is not Phase.SIGNING:
        response.headers[RELOAD] = "true"  # only the sign-offs ask again, and their phase is over
    return response


ROUTES = [Route(DECLARATION, overview)]
