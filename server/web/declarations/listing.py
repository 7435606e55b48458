"""All declarations of a person: searched, narrowed and paged by the address alone."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.declarations import Phase
from server.domain.person_rights import may_create_declarations
from server.storage.declarations.listing import Wanted, read_list
from server.web.http.context import services_of
from server.web.http.pages.rendering import render
from server.web.http.visits import person_of
from server.web.sentences.words import ROLES

ADDRESS: Final = "/declarations"
LONGEST_SEARCH: Final = 100


async def declarations(request: Request) -> Response:
    person, services = person_of(request), services_of(request)
    wanted, now = read_wanted(request), services.now()
    found = await services.database.ask(lambda db: read_list(db, person, wanted, now))
    return render(
        request,
        "declarations/list.html",
        wanted=wanted,
        found=found,
        earlier=address(wanted, found.page - 1) if found.page > 1 else "",
        later=address(wanted, found.page + 1) if found.page < found.pages else "",
        roles=ROLES,
        is_narrowed=wanted not in (Wanted(page=wanted.page), Wanted(archived=True, page=wanted.page)),
        may_create=may_create_declarations(person),
    )


def read_wanted(request: Request) -> Wanted:
    """What the address asks for; what it says wrongly is as if it were not there."""
    query = request.query_params
    number = query.get("page", "")
    return Wanted(
        words=" ".join(query.get("q", "")[:LONGEST_SEARCH].split()),
        phase=next((phase for phase in Phase if phase == query.get("phase")), None),
        mine=query.get("mine") == "1",
        archived=query.get("archived") == "1",
        page=int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1,
    )


def address(wanted: Wanted, page: int) -> str:
    """The same list on another page."""
    fields = {
        "q": wanted.words,
        "phase": wanted.phase.value if wanted.phase else "",
        "mine": "1" if wanted.mine else "",
        "archived": "1" if wanted.archived else "",
        "page": str(page) if page > 1 else "",
    }
    given = {name: value for name, value in fields.items() if value}
    return f"{ADDRESS}?{urlencode(given)}" if given else ADDRESS


ROUTES = [Route(ADDRESS, declarations)]
