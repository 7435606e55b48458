"""What one wants to be told by mail: signed in, or by the link in a mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.notices import choosing
from server.domain.errors import InvalidInput
from server.domain.notices.kinds import NoticeKind, Pace
from server.domain.people.persons import Person
from server.web.http.context import network_of, services_of, web_of
from server.web.http.forms import Form, form_route, stop_route
from server.web.http.pages.rendering import render
from server.web.http.visits import person_of
from server.web.sentences.messages import N_

PACES: Final[Mapping[Pace, str]] = {
    Pace.AT_ONCE: N_("at once"),
    Pace.DAILY: N_("once a day, at 7 in the morning"),
    Pace.NONE: N_("not at all"),
}


async def show_own(request: Request) -> Response:
    return await _page(request, person_of(request))


async def choose_own(request: Request, form: Form) -> Response:
    await choosing.choose(services_of(request), person_of(request), _chosen(form))
    return RedirectResponse("/account/notices?saved=1", 303)


async def show_by_link(request: Request) -> Response:
    """Only looks: mail scanners open every link."""
    _limit(request)
    return await _page(request, await _person_of_link(request))


async def choose_by_link(request: Request, form: Form) -> Response:
    await choosing.choose(services_of(request), await _person_of_link(request), _chosen(form))
    return RedirectResponse(f"/notices/{request.path_params['token']}?saved=1", 303)


async def stop_page(request: Request) -> Response:
    """Programs that know no press open the address instead: they are shown what there is to choose."""
    return RedirectResponse(f"/notices/{request.path_params['token']}", 303)


async def stop(request: Request) -> Response:
    """From the mail program itself, without a form (RFC 8058 section 3.1)."""
    _limit(request)
    await choosing.stop(services_of(request), request.path_params["token"])
    return Response(status_code=204)


def _limit(request: Request) -> None:
    web_of(request).limits.link_by_network.take(network_of(request))


async def _person_of_link(request: Request) -> Person:
    person, _ = await choosing.open_token(services_of(request), request.path_params["token"])
    return person


def _chosen(form: Form) -> dict[NoticeKind, Pace]:
    """What the form has for each kind that leaves a choice. Raises InvalidInput."""
    return {kind: _pace(form, kind) for kind in NoticeKind if not kind.facts.always_comes}


def _pace(form: Form, kind: NoticeKind) -> Pace:
    value = form.text(kind.value, 20)
    if value not in [pace.value for pace in kind.facts.paces]:
        raise InvalidInput(field=kind.value)
    return Pace(value)


async def _page(request: Request, person: Person) -> Response:
    return render(
        request,
        "notices/choices.html",
        choices=await choosing.load_choices(services_of(request), person),
        kinds=list(NoticeKind),
        words=PACES,
        saved="saved" in request.query_params,
    )


ROUTES = [
    Route("/account/notices", show_own),
    form_route("/account/notices", choose_own),
    Route("/notices/{token}", show_by_link),
    form_route("/notices/{token}", choose_by_link, limit=_limit),
    Route("/notices/{token}/stop", stop_page),
    stop_route("/notices/{token}/stop", stop),
]
