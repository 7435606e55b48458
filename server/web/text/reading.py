"""The reading page of a revision, and two revisions compared."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Revision
from server.domain.errors import NotFound
from server.domain.text.comparison import compare
from server.web.declarations.situations import Facts, access_facts
from server.web.http.addresses import DECLARATION
from server.web.http.rendering import render
from server.web.text.prose import arrange, read_content


async def revision(request: Request) -> Response:
    facts = await access_facts(request, permissions.can_read_revisions)
    shown = find_revision(facts, request.path_params["number"])
    return render(
        request,
        "text/revision.html",
        access=facts.access,
        revision=shown,
        is_current=shown == facts.current,
        earlier=[other for other in facts.revisions if other.number < shown.number],
        parts=arrange(read_content(shown)),
    )


async def changes(request: Request) -> Response:
    """`?since=1`; without it, since the revision before."""
    facts = await access_facts(request, permissions.can_read_revisions)
    new = find_revision(facts, request.path_params["number"])
    since = request.query_params.get("since", str(new.number - 1))
    old = find_revision(facts, since)
    return render(
        request,
        "text/changes.html",
        access=facts.access,
        old=old,
        new=new,
        changes=compare(read_content(old), read_content(new)),
    )


def find_revision(facts: Facts, number: str) -> Revision:
    """`number` as an address gives it. Raises NotFound."""
    for candidate in facts.revisions:
        if str(candidate.number) == number:
            return candidate
    raise NotFound(what="revision")


ROUTES = [
    Route(f"{DECLARATION}/revisions/{{number}}", revision),
    Route(f"{DECLARATION}/revisions/{{number}}/changes", changes),
]
