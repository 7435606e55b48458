"""Help: one screen for each role, who may do what, and the editor's shortcuts."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.declarations import Phase
from server.domain.errors import NotFound
from server.domain.people.roles import Role
from server.web.help.guides import GUIDES
from server.web.help.rights import all_rights, rights_of
from server.web.help.shortcuts import SHORTCUTS
from server.web.http.pages.rendering import render

ADDRESS: Final = "/help"


async def contents(request: Request) -> Response:
    return render(request, "help/contents.html", guides=GUIDES)


async def guide(request: Request) -> Response:
    found = next((one for one in GUIDES if one.key == request.path_params["guide"]), None)
    if found is None:
        raise NotFound(what="guide")
    return render(
        request,
        "help/guide.html",
        guide=found,
        guides=GUIDES,
        rights=rights_of(found.roles),
        number_of_phases=len(Phase),
    )


async def rights(request: Request) -> Response:
    return render(
        request, "help/rights.html", roles=list(Role), rights=all_rights(), number_of_phases=len(Phase)
    )


async def shortcuts(request: Request) -> Response:
    return render(request, "help/shortcuts.html", shortcuts=SHORTCUTS)


ROUTES = [
    Route(ADDRESS, contents),
    Route(f"{ADDRESS}/rights", rights),
    Route(f"{ADDRESS}/shortcuts", shortcuts),
    Route(f"{ADDRESS}/{{guide}}", guide),
]
