"""The press room's page, and what is downloaded there."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.release.press import note_download
from server.domain import permissions
from server.domain.errors import NotFound
from server.domain.permissions import Access
from server.domain.release.press import TemplateKind, copy_number
from server.storage.engine.types import Reader
from server.storage.release import addenda, final_documents
from server.storage.release.press import Preview, read_previews, read_templates
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.files import file_route
from server.web.http.visits import person_of
from server.web.release.press.kit import Order, document, zipped
from server.web.release.press.texts import default_template, embargo_line, general_release, quotations
from server.web.release.public.state import Published, gather

ROOM: Final = f"{DECLARATION}/press"


@dataclass(frozen=True, slots=True)
class Room:
    access: Access
    page: Published
    templates: Mapping[TemplateKind, str]
    previews: Sequence[Preview]
    now: datetime


def read_room(db: Reader, access: Access, now: datetime) -> Room:
    declaration = access.declaration
    previews = read_previews(db, declaration.id) if permissions.can_write_press_release(access) else []
    return Room(access, gather(db, declaration, now), read_templates(db, declaration.id), previews, now)


async def press_room(request: Request) -> Response:
    return show(request, await read_page(request, permissions.can_use_press_room, read_room))


def show(request: Request, room: Room, link: str = "") -> Response:
    """`link`: a preview that was made just now. It is shown once."""
    base_url = services_of(request).base_url
    template = room.templates.get(TemplateKind.GENERAL) or default_template(TemplateKind.GENERAL)
    return render_framed(
        request,
        "release/press/room.html",
        room.access,
        room=room,
        page=room.page,
        declaration=room.access.declaration,
        line=embargo_line(room.access.declaration, room.now),
        release=general_release(room.page, template, base_url, room.now).split("\n\n"),
        quotations=quotations(room.page, base_url, room.now),
        link=link,
        may_write=permissions.can_write_press_release(room.access),
        may_open=permissions.can_plan_release(room.access),
        public_address=f"{base_url}/e/{room.access.declaration.slug}",
    )


async def kit_zip(request: Request) -> Response:
    order = await _order(request)
    data = await asyncio.to_thread(zipped, web_of(request), order)
    return await _hand_out(request, order, order.name("-pressemappe.zip"), data, "application/zip")


async def copy_pdf(request: Request) -> Response:
    order = await _order(request)
    data = await asyncio.to_thread(document, order)
    return await _hand_out(request, order, order.name(".pdf"), data, "application/pdf")


async def _order(request: Request) -> Order:
    room = await read_page(request, permissions.can_use_press_room, read_room)
    async with services_of(request).database.read() as db:
        final = await final_documents.find_final(db, room.access.declaration.id)
        later = await addenda.list_files(db, room.access.declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    name = person_of(request).name
    number = copy_number(slug_of(request), name, room.now)
    return Order(room.page, final.pdf, room.templates, name, number, room.now, later)


async def _hand_out(request: Request, order: Order, name: str, data: bytes, media_type: str) -> Response:
    """On record first; then it leaves."""
    await note_download(
        services_of(request),
        actor=person_of(request),
        shown=order.page.declaration,
        file=name,
        data=data,
        number="" if order.is_open else order.number,
    )
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=media_type, headers=headers)


ROUTES = [
    Route(ROOM, press_room),
    file_route(f"{ROOM}/kit.zip", kit_zip),
    file_route(f"{ROOM}/copy.pdf", copy_pdf),
]
