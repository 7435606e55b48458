"""The coordination's page: links for workshops, and what was said in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text.workshops import running
from server.documents.parts.qr_code import qr_path
from server.domain.errors import InvalidInput
from server.domain.permissions import Access, can_run_workshop
from server.domain.text.checkpoints import settled
from server.domain.text.comparing.words import words
from server.domain.text.workshops.notes import MAX_HOURS, Note, Workshop, headings
from server.storage.engine.types import Reader
from server.storage.text.update_log import read_log
from server.storage.text.workshops.notes import read_settled, read_waiting, read_workshops
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

WORKSHOPS: Final = f"{DECLARATION}/workshops"
HOURS: Final = (1, 2, 4, 8, 24, MAX_HOURS)
"""That can be chosen."""


@dataclass(frozen=True, slots=True)
class Page:
    """`headings`: sections that can be chosen."""

    access: Access
    headings: Sequence[str]
    workshops: Sequence[Workshop]
    waiting: Sequence[Note]
    settled: Sequence[Note]
    now: datetime


async def list_workshops(request: Request) -> Response:
    return _show(request, await read_page(request, can_run_workshop, _read))


def _read(db: Reader, access: Access, now: datetime) -> Page:
    declaration = access.declaration
    blocks = settled(read_text(read_log(db, declaration.text_id).updates))
    return Page(
        access,
        headings(blocks),
        read_workshops(db, declaration.id),
        read_waiting(db, declaration.id),
        read_settled(db, declaration.id),
        now,
    )


def _show(request: Request, page: Page, link: str = "") -> Response:
    """`link`: of a new workshop, shown once."""
    return render_framed(
        request,
        "text/workshops/list.html",
        page.access,
        page=page,
        link=link,
        qr=qr_path(link) if link else None,
        hours=HOURS,
        changes={note.id: words(note.passage, note.words) for note in page.waiting},
    )


async def open_workshop(request: Request, form: Form) -> Response:
    services, hours = services_of(request), form.number("hours")
    if hours not in HOURS:
        raise InvalidInput(field="hours")
    token = await running.open_workshop(
        services,
        actor=person_of(request),
        slug=slug_of(request),
        title=form.text("title", 100),
        section=form.optional_text("section"),
        hours=hours,
    )
    page = await read_page(request, can_run_workshop, _read)
    return _show(request, page, f"{services.base_url}/workshop/{token}")


async def close_workshop(request: Request, _: Form) -> Response:
    await running.close_workshop(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        workshop_id=int(request.path_params["workshop"]),
    )
    return _back(request)


async def take_note(request: Request, _: Form) -> Response:
    await running.take_note(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        note_id=int(request.path_params["note"]),
    )
    return _back(request, "#notes")


async def reject_note(request: Request, _: Form) -> Response:
    await running.reject_note(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        note_id=int(request.path_params["note"]),
    )
    return _back(request, "#notes")


def _back(request: Request, place: str = "") -> Response:
    return RedirectResponse(declaration_path(request, "workshops") + place, 303)


ROUTES = [
    Route(WORKSHOPS, list_workshops),
    form_route(WORKSHOPS, open_workshop),
    form_route(f"{WORKSHOPS}/{{workshop:int}}/close", close_workshop),
    form_route(f"{WORKSHOPS}/notes/{{note:int}}/take", take_note),
    form_route(f"{WORKSHOPS}/notes/{{note:int}}/reject", reject_note),
]
