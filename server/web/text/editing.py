"""The editor's page: the one island of client code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.permissions import Access
from server.storage.declarations import declarations
from server.storage.people import persons
from server.web.declarations.situations import access_facts
from server.web.http.addresses import DECLARATION
from server.web.http.context import Web, services_of, web_of
from server.web.http.rendering import render
from server.web.http.visits import Visit, visit_of


async def editor(request: Request) -> Response:
    """Staff may look on while the mayors sign; then the page is read-only and says so."""
    facts = await access_facts(request, permissions.can_join_room)
    async with services_of(request).database.read() as db:
        names = await persons.list_staff_names(db, facts.access.declaration.id)
        began = await declarations.load_beginning(db, facts.access.declaration.id)
    config = editor_config(web_of(request), visit_of(request), facts.access, names, began)
    return render(request, "text/editor.html", access=facts.access, config=config)


def editor_config(
    web: Web, visit: Visit, access: Access, names: Mapping[int, str], began: datetime
) -> dict[str, object]:
    """What the editor finds in the page as JSON.

    `names`: who may write, to name a suggestion's author. `text` tells the text from one that had the same
    address earlier: browsers keep copies, and two texts must never be merged.
    """
    declaration = access.declaration
    town = access.municipality
    return {
        "text": f"{declaration.id}.{began.timestamp()}",
        "socketPath": f"/ws/declarations/{declaration.slug}",
        "person": {
            "id": access.person.id,
            "name": access.person.name,
            "municipality": town.name if town else "",
        },
        "names": {str(person): name for person, name in names.items()},
        "phase": declaration.phase.value,
        "canEdit": permissions.can_edit_text(access),
        "canSuggest": permissions.can_suggest(access),
        "strings": web.pages.translate(visit.language, web.client_strings),
    }


ROUTES = [Route(f"{DECLARATION}/edit", editor)]
