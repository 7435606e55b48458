"""The fixed text as a PDF before the seal."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.actions.release.draft import draft_document
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.files import file_route
from server.web.http.visits import person_of


async def draft(request: Request) -> Response:
    """To read, to print, to take into a council's meeting. Raises NotFound while nothing is fixed."""
    person, slug = person_of(request), slug_of(request)
    pdf = await draft_document(services_of(request), actor=person, slug=slug)
    headers = {"Content-Disposition": f'inline; filename="{slug}-entwurf.pdf"', "Cache-Control": "no-store"}
    return Response(pdf, media_type="application/pdf", headers=headers)


ROUTES = [file_route(f"{DECLARATION}/draft.pdf", draft)]
