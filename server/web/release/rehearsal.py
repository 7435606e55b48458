"""Going through everything before the hour: the public page as it will be, a copy that says what it is."""

from __future__ import annotations

import asyncio
from datetime import datetime

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from server.actions.release.press import note_download
from server.documents.advance_copy import CopyMark, render_advance_copy
from server.domain.errors import NotFound
from server.domain.permissions import Access, can_use_press_room
from server.domain.release.press import copy_number, file_name
from server.storage.engine.types import Reader
from server.storage.release import final_documents
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.files import file_route
from server.web.http.visits import person_of, visit_of
from server.web.release.public.page import Advance, render_page
from server.web.release.public.state import Published, gather
from server.web.sentences.messages import N_, Message

REHEARSAL = f"{DECLARATION}/release/rehearsal"


async def rehearsal(request: Request) -> Response:
    page = await read_page(request, can_use_press_room, _read)
    language, web = visit_of(request).language, web_of(request)
    sentence = Message(N_("So the page will look. Strangers do not see it before the hour."))
    advance = Advance(
        web.pages.say(language, Message(N_("Rehearsal"))),
        web.pages.say(language, sentence),
        declaration_path(request, "release/rehearsal.pdf"),
    )
    return HTMLResponse(render_page(web, page, language, advance=advance))


async def rehearsal_pdf(request: Request) -> Response:
    page = await read_page(request, can_use_press_room, _read)
    services, slug, person = services_of(request), slug_of(request), person_of(request)
    async with services.database.read() as db:
        final = await final_documents.find_final(db, page.declaration.id)
    if final is None:
        raise NotFound(what="final_document")
    now = services.now()
    number = copy_number(slug, person.name, now)
    line = f"Probelauf für {person.name} · Nr. {number} · Nicht die gesiegelte Fassung."
    mark = CopyMark("PROBELAUF", (line,), f"Probelauf {number}")
    data = await asyncio.to_thread(render_advance_copy, final.pdf, mark)
    name = f"PROBELAUF_{file_name(page.declaration, '.pdf', now)}"
    await note_download(services, actor=person, shown=page.declaration, file=name, data=data, number=number)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


def _read(db: Reader, access: Access, now: datetime) -> Published:
    return gather(db, access.declaration, now)


ROUTES = [Route(REHEARSAL, rehearsal), file_route(f"{REHEARSAL}.pdf", rehearsal_pdf)]
