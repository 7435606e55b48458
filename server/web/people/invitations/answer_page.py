"""The page that an invitation's link leads to. Opening it changes nothing: mail scanners do that too, some of
them with a real browser that presses buttons. What counts needs the code from the mail."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.people.invitations import accepting, joining
from server.actions.people.invitations.accepting import Shown
from server.domain.errors import InvalidCode
from server.domain.people.invitations.errors import FaultyPart
from server.domain.people.invitations.role_words import PART_LABELS, part_of
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.visits import visit_of
from server.web.people.account.devices import browser_of
from server.web.people.login import enter_with
from server.web.people.person_page import said_of
from server.web.sentences.messages import Message

PAGE = "/invitations/{token}"


def _limit(request: Request) -> None:
    web_of(request).limits.link_by_network.take(network_of(request))


def _token(request: Request) -> str:
    return str(request.path_params["token"])


async def look(request: Request) -> Response:
    _limit(request)
    shown = await accepting.look_at_invitation(services_of(request), token=_token(request))
    return _page(request, shown, is_open=False)


async def open_it(request: Request, _: Form) -> Response:
    shown = await accepting.open_invitation(services_of(request), token=_token(request))
    return _page(request, shown, is_open=True)


def _page(
    request: Request,
    shown: Shown,
    *,
    is_open: bool,
    status: int = 200,
    said: Mapping[str, Message] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    addressee = shown.invitation.addressee
    person = visit_of(request).person
    return render(
        request,
        "people/invitations/answer.html",
        status,
        invitation=shown.invitation,
        declaration=shown.declaration,
        part=PART_LABELS[part_of(addressee.role, addressee.capacity)],
        town=shown.town,
        is_open=is_open,
        is_own=person is not None and person.id == shown.invitation.person_id,
        said=said or {},
        typed=typed or {"name": "", "email": ""},
    )


async def accept(request: Request, given: Form) -> Response:
    services, token, visit = services_of(request), _token(request), visit_of(request)
    try:
        new = await accepting.accept_invitation(
            services,
            token=token,
            code=given.optional_text("code", 20),
            browser=browser_of(request),
            signed_in=visit.person,
        )
    except InvalidCode as error:
        shown = await accepting.look_at_invitation(services, token=token)
        found = problem_of(error)
        return _page(request, shown, is_open=True, status=found.status, said={"code": found.message})
    return enter_with(request, new)


async def join(request: Request, given: Form) -> Response:
    services, token = services_of(request), _token(request)
    typed = {name: given.typed(name) for name in ("name", "email")}
    code = given.optional_text("code", 20)
    try:
        await joining.join(services, token=token, code=code, **typed)
    except (InvalidCode, FaultyPart) as error:
        shown = await accepting.look_at_invitation(services, token=token)
        said = said_of(error) if isinstance(error, FaultyPart) else {"code": problem_of(error).message}
        return _page(request, shown, is_open=True, status=422, said=said, typed=typed)
    return render(request, "people/invitations/joined.html", email=typed["email"])


async def renew(request: Request, _: Form) -> Response:
    """To the same address, and nowhere else."""
    await accepting.renew_invitation(services_of(request), token=_token(request))
    return render(request, "people/invitations/renewed.html")


ROUTES = [
    Route(PAGE, look),
    form_route(PAGE, open_it, limit=_limit),
    form_route(f"{PAGE}/accept", accept, limit=_limit),
    form_route(f"{PAGE}/join", join, limit=_limit),
    form_route(f"{PAGE}/renew", renew, limit=_limit),
]
