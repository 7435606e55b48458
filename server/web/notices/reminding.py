"""The page on which the coordination reminds: whom, with which words, and what was sent before."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.notices import reminding
from server.actions.notices.reminding import NO_ANSWER, Draft, Preview
from server.domain.permissions import can_remind
from server.storage.declarations.access import access_declaration
from server.web.declarations.framing import render_framed
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

SENT: Final = "sent"


async def show_reminders(request: Request) -> Response:
    return await _page(request, Draft(NO_ANSWER, ""), None)


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
    return await _page(request, draft, shown, has_changed=has_changed)


def _draft(form: Form) -> Draft:
    """Raises InvalidInput."""
    again = form.optional_text("again", 3) == "yes"
    return Draft(form.text("audience", 20), form.text("text", reminding.LONGEST), again)


async def _page(
    request: Request, draft: Draft, preview: Preview | None, *, has_changed: bool = False
) -> Response:
    services, person, slug = services_of(request), person_of(request), slug_of(request)
    async with services.database.read() as db:
        access = await access_declaration(db, person, slug, can_remind, services.now())
    sent = request.query_params.get(SENT, "")
    return render_framed(
        request,
        "notices/reminders.html",
        access,
        overview=await reminding.look(services, actor=person, slug=slug),
        draft=draft,
        preview=preview,
        has_changed=has_changed,
        sent=int(sent) if sent.isdecimal() and len(sent) < 6 else 0,
    )


ROUTES = [
    Route(f"{DECLARATION}/reminders", show_reminders),
    form_route(f"{DECLARATION}/reminders", preview_reminder),
    form_route(f"{DECLARATION}/reminders/send", send_reminder),
]
