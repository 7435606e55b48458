"""Personal links for newsrooms without an account: they read before the hour, until a link is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from server.actions.release.press import close_preview, note_preview, open_preview
from server.domain import permissions
from server.domain.errors import NotFound
from server.domain.release.gate import is_public
from server.domain.release.press import copy_number, ensure_unmoved
from server.storage.engine.types import Reader
from server.storage.people import shared_limits
from server.storage.release import final_documents
from server.storage.release.press import OpenedPreview, find_preview
from server.storage.sign_offs.board import read_newest_position
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.context import network_of, services_of, web_of
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
    """From the hour on it leads to the public page. Rendered once for each state of the log."""
    opened = await _find(request)
    web, services, language = web_of(request), services_of(request), visit_of(request).language
    declaration, now = opened.declaration, services.now()
    if is_public(declaration, now):
        return RedirectResponse(PUBLIC.format(slug=declaration.slug), 303)
    await _note(request, opened, "page", "")
    line = embargo_line(declaration, now)

    def read(db: Reader) -> tuple[Hashable, bytes | None, Published | None]:
        position = read_newest_position(db, declaration.slug)
        key = ("preview", opened.id, declaration, position, line, language)
        kept = web.parts.find(key)
        return key, kept, None if kept else gather(db, declaration, now)

    key, body, page = await services.database.ask(read)
    if page is not None:
        sentence = Message(
            N_("For %(name)s personally. Please do not pass this link on."), {"name": opened.reader}
        )
        copy = f"{request.url.path}/vorabexemplar.pdf"
        advance = Advance(line, web.pages.say(language, sentence), copy)
        body = web.parts.keep(key, render_page(web, page, language, advance=advance))
    return HTMLResponse(body)


async def preview_pdf(request: Request) -> Response:
    """All copies of one hour are one: they have one number, under which the log has them once."""
    services, web = services_of(request), web_of(request)
    now = services.now()
    opened = await _find(request)
    web.limits.copy_by_preview.take(str(opened.id))
    declaration = opened.declaration
    page = await services.database.ask(lambda db: gather(db, declaration, now))
    async with services.database.read() as db:
        final = await final_documents.find_final(db, declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    hour = now.replace(minute=0, second=0, microsecond=0)
    number = copy_number(declaration.slug, opened.reader, hour)
    order = Order(page, final.pdf, {}, opened.reader, number, now)
    data, name = await asyncio.to_thread(document, order), order.name(".pdf")
    ensure_unmoved(declaration, (await _look(request)).declaration)  # or the link has ended meanwhile
    await _note(request, opened, name, number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


async def _find(request: Request) -> OpenedPreview:
    """Raises NotFound for a link that works no more, TooMany."""
    web_of(request).limits.preview_by_network.take(network_of(request))
    return await _look(request)


async def _look(request: Request) -> OpenedPreview:
    token, services = str(request.path_params["token"])[:64], services_of(request)
    now = services.now()
    opened = await services.database.ask(lambda db: find_preview(db, token, now))
    if opened is None:
        raise NotFound(what="preview")
    return opened


async def _note(request: Request, opened: OpenedPreview, file: str, number: str) -> None:
    """On record before it leaves. Who looks again within the hour changes nothing, not even a lock."""
    services = services_of(request)
    name, now = opened.noted_as(file, number), services.now()
    if not await services.database.ask(lambda db: shared_limits.read_is_taken(db, name, now)):
        await note_preview(services, opened=opened, file=file, number=number)


ROUTES = [
    form_route(f"{ROOM}/previews", open_link),
    form_route(f"{ROOM}/previews/{{preview:int}}/close", close_link),
    Route(PREVIEW, preview),
    Route(f"{PREVIEW}/vorabexemplar.pdf", preview_pdf),
]
