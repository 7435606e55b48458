"""A municipality's page: who takes part, who may sign, what it has answered; and asking a colleague in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.colleagues import invite_colleague
from server.actions.people.judging import Entered
from server.domain.errors import NotAllowed
from server.domain.people.invitations.role_words import PART_LABELS
from server.domain.people.mandate_errors import FaultyMandate
from server.domain.permissions import can_see_people
from server.web.declarations.framing import render_framed
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.people.municipalities.reading import (
    MANDATE_LABELS,
    STANDINGS,
    TownPage,
    last_day,
    load_own,
    load_town,
)
from server.web.sentences.messages import Message
from server.web.sentences.words import KIND_OF_ONE

TOWN: Final = f"{DECLARATION}/municipalities/{{ags}}"
_DONE: Final = frozenset({"given", "changed", "ended", "sent"})


async def own(request: Request) -> Response:
    return _town_page(request, await load_own(request))


async def town(request: Request) -> Response:
    return _town_page(request, await load_town(request))


def _town_page(request: Request, page: TownPage) -> Response:
    done = request.query_params.get("done", "")
    return render_framed(
        request,
        "people/municipalities/town.html",
        page.access,
        page=page,
        parts=PART_LABELS,
        labels=MANDATE_LABELS,
        standings=STANDINGS,
        last_day=last_day,
        kind_name=KIND_OF_ONE[page.town.kind],
        may_manage=can_see_people(page.access),
        done=done if done in _DONE else "",
    )


def town_address(request: Request, done: str) -> str:
    """After an act: the page of the municipality that the address names, and what was done."""
    return declaration_path(request, f"municipalities/{request.path_params['ags']}?done={done}")


def said_of(error: FaultyMandate) -> dict[str, Message]:
    """What is wrong, by field; of several, the first."""
    return {fault.field: Message(fault.text, fault.facts) for fault in reversed(error.faults)}


async def invite_form(request: Request) -> Response:
    page = await load_town(request)
    return _invite_page(request, page, {"part": page.invites[0] if page.invites else ""})


def _invite_page(
    request: Request,
    page: TownPage,
    typed: Mapping[str, str],
    status: int = 200,
    said: Mapping[str, Message] | None = None,
) -> Response:
    if not page.invites:
        raise NotAllowed()
    return render_framed(
        request,
        "people/municipalities/invite.html",
        page.access,
        status,
        page=page,
        parts={part: PART_LABELS[part] for part in page.invites},
        typed={"name": "", "email": "", "part": "", **typed},
        said=said or {},
    )


async def invite(request: Request, form: Form) -> Response:
    typed = {key: " ".join(form.typed(key).split()) for key in ("name", "email", "part")}
    try:
        await invite_colleague(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            ags=str(request.path_params["ags"]),
            who=Entered(typed["name"], typed["email"], form.typed("looked_at")),
            part=typed["part"],
        )
    except FaultyMandate as error:
        typed |= {"looked_at": error.doubtful}
        return _invite_page(request, await load_town(request), typed, 422, said_of(error))
    return RedirectResponse(town_address(request, "sent"), 303)


ROUTES = [
    Route(f"{DECLARATION}/municipality", own),
    Route(TOWN, town),
    Route(f"{TOWN}/invite", invite_form),
    form_route(f"{TOWN}/invite", invite),
]
