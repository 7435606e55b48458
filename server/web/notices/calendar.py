"""The deadline as a file for one's calendar."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.notices.deadline_files import deadline_file
from server.domain.errors import NotFound
from server.domain.permissions import can_see
from server.mail.calendar import MEDIA_TYPE
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.context import services_of
from server.web.http.visits import visit_of


async def show_deadline_file(request: Request) -> Response:
    """Raises NotFound where there is no deadline."""
    access = await read_page(request, can_see, lambda _db, access, _now: access)
    data = deadline_file(services_of(request), access.declaration, visit_of(request).language)
    if not data:
        raise NotFound(what="deadline")
    headers = {"Content-Disposition": f'attachment; filename="{access.declaration.slug}.ics"'}
    return Response(data, media_type=MEDIA_TYPE, headers=headers)


ROUTES = [Route(f"{DECLARATION}/deadline.ics", show_deadline_file)]
