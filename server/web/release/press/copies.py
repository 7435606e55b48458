"""The document before its hour, for who takes part and is not of those whose document it is."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from server.actions.release.press import note_copy
from server.domain.errors import NotFound
from server.domain.permissions import can_download_final
from server.domain.release.press import copy_number
from server.storage.release import final_documents
from server.web.declarations.situations import read_page
from server.web.http.addresses import slug_of
from server.web.http.context import services_of
from server.web.http.visits import person_of
from server.web.release.press.kit import Order, document
from server.web.release.public.state import gather


async def personal_copy(request: Request) -> Response:
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
    await note_copy(services, actor=person, slug=slug, file=name, data=data, number=order.number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)
