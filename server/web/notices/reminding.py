"""The page on which the coordination reminds: whom, with which words, and what was sent before."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.notices import reminding
from server.actions.notices.reminding import NO_ANSWER, Draft, Overview, Preview
from server.domain.permissions import Access, can_remind
from server.storage.engine.types import Reader
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Bounds
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

SENT: Final = "sent"
BOX: Final = "person-"
"""Begins the name of a field for each person who was chosen; then the id."""
MANY: Final = Bounds(body=256 * 1024, fields=5_100)


async def show_reminders(request: Request) -> Response:
    return await reminders_page(Draft(NO_ANSWER, ""), request)


async def preview_reminder(request: Request, form: Form) -> Response:
    return await _preview(request, _draft(form), has_changed=False)


async def send_reminder(request: Request, form: Form) -> Response:
    """Where the people are not those any more whom the button named, the page says so and asks again."""
    draft = _draft(form)
    reach = await reminding.remind(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        draft=draft,
        expected=form.number("expected"),
    )
    if reach is None:
        return await _preview(request, draft, has_changed=True)
    return RedirectResponse(f"{declaration_path(request, 'reminders')}?{SENT}={len(reach.people)}", 303)


async def _preview(request: Request, draft: Draft, *, has_changed: bool) -> Response:
    services, person = services_of(request), person_of(request)
    shown = await reminding.preview(services, actor=person, slug=slug_of(request), draft=draft)
    return await reminders_page(draft, request, shown, has_changed=has_changed)


def _draft(form: Form) -> Draft:
    """Raises InvalidInput."""
    again = form.optional_text("again", 3) == "yes"
    chosen = frozenset(int(key) for key in form.chosen(BOX) if key.isascii() and key.isdecimal())
    return Draft(form.text("audience", 20), form.text("text", reminding.LONGEST), again, chosen)


async def reminders_page(
    draft: Draft, request: Request, preview: Preview | None = None, *, has_changed: bool = False
) -> Response:
    access, overview = await read_page(request, can_remind, _read)
    sent = request.query_params.get(SENT, "")
    return render_framed(
        request,
        "notices/reminders.html",
        access,
        overview=overview,
        draft=draft,
        preview=preview,
        has_changed=has_changed,
        box=BOX,
        sent=int(sent) if sent.isdecimal() and len(sent) < 6 else 0,
    )


def _read(db: Reader, access: Access, now: datetime) -> tuple[Access, Overview]:
    return access, reminding.read_overview(db, access, now)


ROUTES = [
    Route(f"{DECLARATION}/reminders", show_reminders),
    form_route(f"{DECLARATION}/reminders", preview_reminder, bounds=MANY),
    form_route(f"{DECLARATION}/reminders/send", send_reminder, bounds=MANY),
]
