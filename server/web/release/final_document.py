"""The sealed PDF, and its HTML edition."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.actions.release import sealing
from server.actions.release.press import note_copy
from server.domain.errors import NotFound
from server.domain.permissions import can_download_final, can_download_sealed
from server.domain.release.press import copy_number
from server.storage.release import final_documents
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.files import file_route
from server.web.http.visits import person_of
from server.web.release.press.kit import Order, document
from server.web.release.public.state import gather

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'"
"""The file names its style sheet by digest itself, and a browser keeps to both."""


async def final_pdf(request: Request) -> Response:
    """Every download is an event in the log, so this is an action although it changes no text. Before the
    hour, whoever is not of those whose document it is gets a copy with their name."""
    slug = slug_of(request)
    access = await read_page(request, can_download_final, lambda _, access, __: access)
    if not can_download_sealed(access):
        return await _personal_copy(request)
    final = await sealing.download_final(services_of(request), actor=person_of(request), slug=slug)
    return Response(
        final.pdf,
        media_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{slug}.pdf"'},
    )


async def _personal_copy(request: Request) -> Response:
    """With the person's name across every page. On record before it leaves. Raises NotFound."""
    services, person, slug = services_of(request), person_of(request), slug_of(request)
    page, now = await read_page(
        request, can_download_final, lambda db, access, now: (gather(db, access.declaration, now), now)
    )
    async with services.database.read() as db:
        final = await final_documents.find_final(db, page.declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    order = Order(page, final.pdf, {}, person.name, copy_number(slug, person.name, now), now)
    data = await asyncio.to_thread(document, order)
    name = order.name(".pdf")
    await note_copy(services, actor=person, shown=page.declaration, file=name, data=data, number=order.number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


async def final_html(request: Request) -> Response:
    """The bytes whose digest is in the log, shown as they are saved."""
    slug = slug_of(request)
    final = await sealing.open_edition(services_of(request), actor=person_of(request), slug=slug)
    return Response(
        final.html,
        media_type="text/html",
        headers={
            "Content-Disposition": f'inline; filename="{slug}.html"',
            "Content-Security-Policy": _POLICY,
        },
    )


ROUTES = [
    file_route(f"{DECLARATION}/final.pdf", final_pdf),
    file_route(f"{DECLARATION}/final.html", final_html),
]
