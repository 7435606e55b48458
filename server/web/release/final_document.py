"""The sealed PDF."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.release import sealing
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.visits import person_of


async def final_pdf(request: Request) -> Response:
    """Every download is an event in the log, so this is an action although it changes no text."""
    slug = slug_of(request)
    final = await sealing.download_final(services_of(request), actor=person_of(request), slug=slug)
    return Response(
        final.pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slug}.pdf"'},
    )


ROUTES = [Route(f"{DECLARATION}/final.pdf", final_pdf)]
