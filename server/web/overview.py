"""A declaration's overview: phase, next step, who has answered, revisions."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.domain import permissions
from server.web.next_step import next_step, step_line
from server.web.rendering import render
from server.web.situations import access_facts


async def overview(request: Request) -> Response:
    facts = await access_facts(request, permissions.can_see)
    access = facts.access
    return render(
        request,
        "overview.html",
        facts=facts,
        access=access,
        next=next_step(facts.situation),
        steps=step_line(access.phase),
        may={
            "open_room": permissions.can_join_room(access),
            "read": permissions.can_read_revisions(access),
            "follow": permissions.can_follow_sign_offs(access),
            "freeze": permissions.can_freeze(access),
            "reopen": permissions.can_reopen(access),
            "seal": permissions.can_seal(access),
            "log": permissions.can_read_log(access),
        },
    )
