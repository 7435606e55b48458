"""For the coordination: which systems are told, and what became of each message."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.webhooks import subscribing
from server.actions.webhooks.subscribing import Made
from server.domain.errors import Invalid, KraftaktError, Refused
from server.domain.permissions import Access, can_see_settings
from server.domain.webhooks.addresses import MAX_ADDRESS
from server.domain.webhooks.events import EventKind
from server.storage.engine.types import Reader
from server.storage.release.webhooks import Delivery, Webhook, read_deliveries, read_webhooks
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.sentences.messages import N_

WEBHOOKS: Final = f"{DECLARATION}/webhooks"
ONE: Final = f"{WEBHOOKS}/{{webhook:int}}"
KINDS: Final[Mapping[EventKind, str]] = {
    EventKind.PHASE_CHANGED: N_("text fixed, opened again or sealed"),
    EventKind.ANSWERS_CHANGED: N_("a municipality answered or took its answer back"),
    EventKind.PUBLISHED: N_("the hour has come"),
    EventKind.JOINED: N_("somebody joined"),
    EventKind.CORRECTED: N_("an erratum"),
    EventKind.REPORTED: N_("a yearly report"),
    EventKind.WITHDRAWN: N_("withdrawn"),
    EventKind.TEST: N_("a test"),
}
FAILURES: Final[Mapping[str, str]] = {
    "private": N_("address not reachable from outside"),
    "timeout": N_("no answer in time"),
    "connection": N_("no connection"),
    "network": N_("connection broken off"),
    "redirect": N_("leads elsewhere, not followed"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    access: Access
    hooks: Sequence[tuple[Webhook, Sequence[Delivery]]]


def read_shown(db: Reader, access: Access, _now: datetime) -> Shown:
    hooks = read_webhooks(db, access.declaration.id)
    return Shown(access, [(hook, read_deliveries(db, hook.id)) for hook in hooks])


async def webhooks_page(request: Request) -> Response:
    return await _show(request)


async def add(request: Request, form: Form) -> Response:
    try:
        made = await subscribing.add_webhook(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            address=form.text("address", MAX_ADDRESS),
        )
    except (Invalid, Refused) as error:
        return await _show(request, error, form)
    return await _show(request, made=made)


async def remove(request: Request, _: Form) -> Response:
    return await _act(request, subscribing.remove_webhook)


async def enable(request: Request, _: Form) -> Response:
    return await _act(request, subscribing.enable_webhook)


async def test(request: Request, _: Form) -> Response:
    return await _act(request, subscribing.send_test)


async def again(request: Request, _: Form) -> Response:
    await subscribing.send_again(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        webhook_id=int(request.path_params["webhook"]),
        delivery_id=int(request.path_params["delivery"]),
    )
    return _back(request)


async def _act(request: Request, act: Callable[..., Awaitable[None]]) -> Response:
    await act(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        webhook_id=int(request.path_params["webhook"]),
    )
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(declaration_path(request, "webhooks"), 303)


async def _show(
    request: Request, error: KraftaktError | None = None, form: Form | None = None, made: Made | None = None
) -> Response:
    """`made`: just now; its secret is shown this once."""
    shown = await read_page(request, can_see_settings, read_shown)
    problem = problem_of(error) if error else None
    return render_framed(
        request,
        "release/webhooks.html",
        shown.access,
        problem.status if problem else 200,
        shown=shown,
        problem=problem,
        made=made,
        typed=form.everything() if form else {},
        kinds=KINDS,
        failures=FAILURES,
        longest=MAX_ADDRESS,
    )


def _limit(request: Request) -> None:
    """Each of these has the service send something to an address that the person named."""
    web_of(request).limits.webhook_by_person.take(str(person_of(request).id))


ROUTES = [
    Route(WEBHOOKS, webhooks_page),
    form_route(WEBHOOKS, add, limit=_limit),
    form_route(f"{ONE}/remove", remove),
    form_route(f"{ONE}/enable", enable),
    form_route(f"{ONE}/test", test, limit=_limit),
    form_route(f"{ONE}/deliveries/{{delivery:int}}", again, limit=_limit),
]
