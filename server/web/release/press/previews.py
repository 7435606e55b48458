"""Personal links for newsrooms without an account: they read before the hour, until a link is taken back."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from server.actions.release.press import close_preview, note_preview, open_preview
from server.domain import permissions
from server.domain.errors import NotFound
from server.domain.release.gate import is_public
from server.domain.release.press import copy_number
from server.storage.engine.types import Reader
from server.storage.release import final_documents
from server.storage.release.press import OpenedPreview, find_preview
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of, visit_of
from server.web.release.press.kit import Order, document
from server.web.release.press.room import ROOM, read_room, show
from server.web.release.press.texts import embargo_line
from server.web.release.public.page import Advance, render_page
from server.web.release.public.serving import PUBLIC
from server.web.release.public.state import Published, gather
from server.web.sentences.messages import N_, Message

PREVIEW: Final = "/vorschau/{token}"
LONGEST_NAME: Final = 120


async def open_link(request: Request, form: Form) -> Response:
    services = services_of(request)
    token = await open_preview(
        services,
        actor=person_of(request),
        slug=slug_of(request),
        name=" ".join(form.text("name", LONGEST_NAME).split()),
    )
    room = await read_page(request, permissions.can_use_press_room, read_room)
    return show(request, room, f"{services.base_url}/vorschau/{token}")


async def close_link(request: Request, _form: Form) -> Response:
    await close_preview(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        preview_id=int(request.path_params["preview"]),
    )
    return RedirectResponse(f"{declaration_path(request, 'press')}#previews", 303)


async def preview(request: Request) -> Response:
    """From the hour on it leads to the public page."""
    opened, page = await _load(request)
    services, language = services_of(request), visit_of(request).language
    if is_public(opened.declaration, services.now()):
        return RedirectResponse(PUBLIC.format(slug=opened.declaration.slug), 303)
    web = web_of(request)
    sentence = Message(
        N_("For %(name)s personally. Please do not pass this link on."), {"name": opened.reader}
    )
    advance = Advance(
        embargo_line(opened.declaration, services.now()),
        web.pages.say(language, sentence),
        f"{request.url.path}/vorabexemplar.pdf",
    )
    await note_preview(services, slug=opened.declaration.slug, preview_id=opened.id, file="page", number="")
    return HTMLResponse(render_page(web, page, language, advance=advance))


async def preview_pdf(request: Request) -> Response:
    opened, page = await _load(request)
    services, slug = services_of(request), opened.declaration.slug
    now = services.now()
    async with services.database.read() as db:
        final = await final_documents.find_final(db, opened.declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    order = Order(page, final.pdf, {}, opened.reader, copy_number(slug, opened.reader, now), now)
    data = await asyncio.to_thread(document, order)
    name = order.name(".pdf")
    await note_preview(services, slug=slug, preview_id=opened.id, file=name, number=order.number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


async def _load(request: Request) -> tuple[OpenedPreview, Published]:
    """Raises NotFound for a link that works no more."""
    token, services = str(request.path_params["token"])[:64], services_of(request)
    now = services.now()

    def read(db: Reader) -> tuple[OpenedPreview, Published]:
        opened = find_preview(db, token, now)
        if opened is None:
            raise NotFound(what="preview")
        return opened, gather(db, opened.declaration, now)

    return await services.database.ask(read)


ROUTES = [
    form_route(f"{ROOM}/previews", open_link),
    form_route(f"{ROOM}/previews/{{preview:int}}/close", close_link),
    Route(PREVIEW, preview),
    Route(f"{PREVIEW}/vorabexemplar.pdf", preview_pdf),
]
