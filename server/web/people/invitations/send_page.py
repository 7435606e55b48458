"""The invitation as it will arrive, and the button that sends it to everybody who waits for theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.invitations import sending
from server.actions.people.invitations.mail import compose
from server.domain.people.invitations.invitation import Addressee
from server.domain.people.languages import DEFAULT
from server.domain.permissions import Access, can_manage_people
from server.storage.engine.types import Reader
from server.storage.people.invitations import read_unsent
from server.storage.people.municipalities import read_names
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

PAGE = f"{DECLARATION}/people/send"
MAX_CONTACT = 200


@dataclass(frozen=True, slots=True)
class _Waiting:
    access: Access
    addressees: list[Addressee]
    towns: dict[str, str]


async def preview(request: Request) -> Response:
    """Of the one that was asked for, else of the first."""
    waiting = await read_page(request, can_manage_people, _read)
    number = request.query_params.get("number", "1")
    place = min(int(number), len(waiting.addressees)) if number.isdecimal() and len(number) < 6 else 1
    addressee = waiting.addressees[max(place, 1) - 1] if waiting.addressees else None
    message = _message(request, waiting, addressee) if addressee else None
    return render_framed(
        request,
        "people/invitations/send.html",
        waiting.access,
        addressees=waiting.addressees,
        addressee=addressee,
        place=max(place, 1),
        message=message,
        contact=waiting.access.declaration.contact,
    )


def _message(request: Request, waiting: _Waiting, addressee: Addressee) -> object:
    services, access = services_of(request), waiting.access
    notice = compose(
        services,
        access.declaration,
        addressee,
        sender=access.person.name,
        town=waiting.towns.get(addressee.ags, ""),
        language=DEFAULT,
    )
    return services.messages.render(notice, DEFAULT)


def _read(db: Reader, access: Access, _: datetime) -> _Waiting:
    addressees = read_unsent(db, access.declaration.id)
    return _Waiting(access, addressees, read_names(db, {addressee.ags for addressee in addressees} - {""}))


async def send(request: Request, given: Form) -> Response:
    services, actor, slug = services_of(request), person_of(request), slug_of(request)
    contact = given.optional_text("contact", MAX_CONTACT)
    if given.optional_text("do") == "contact":
        await sending.set_contact(services, actor=actor, slug=slug, contact=contact)
        return RedirectResponse(declaration_path(request, "people/send"), 303)
    count = await sending.send_waiting(services, actor=actor, slug=slug)
    return RedirectResponse(declaration_path(request, f"people?sent={count}"), 303)


ROUTES = [Route(PAGE, preview), form_route(PAGE, send)]
