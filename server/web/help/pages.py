"""Help: one screen for each role, who may do what, and the editor's shortcuts."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.account import hint
from server.domain.addresses import safe_path
from server.domain.declarations import Phase
from server.domain.errors import NotFound
from server.domain.people.roles import Role
from server.web.help.guides import GUIDES
from server.web.help.rights import all_rights, by_phases, rights_of
from server.web.help.shortcuts import SHORTCUTS
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.visits import person_of

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
        rights=by_phases(rights_of(found.roles)),
        number_of_phases=len(Phase),
    )


async def rights(request: Request) -> Response:
    return render(
        request, "help/rights.html", roles=list(Role), rights=all_rights(), number_of_phases=len(Phase)
    )


async def shortcuts(request: Request) -> Response:
    return render(request, "help/shortcuts.html", shortcuts=SHORTCUTS)


async def put_hint_away(request: Request, form: Form) -> Response:
    await hint.put_hint_away(services_of(request), actor=person_of(request))
    return RedirectResponse(safe_path(form.optional_text("next", 300) or "/"), 303)


ROUTES = [
    Route(ADDRESS, contents),
    Route(f"{ADDRESS}/rights", rights),
    Route(f"{ADDRESS}/shortcuts", shortcuts),
    form_route(f"{ADDRESS}/known", put_hint_away),
    Route(f"{ADDRESS}/{{guide}}", guide),
]
