"""Signing in through a municipality's provider: there, back, and once a code."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.account.entering import NewSession
from server.actions.people.provider import entering
from server.domain.addresses import safe_path
from server.domain.errors import InvalidCode, InvalidInput
from server.domain.people.provider_errors import ProviderRefused
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.refusals import note_refusal
from server.web.http.visits import begin_session, remember_visit, visit_of
from server.web.people.account.confirmation import wrong_code
from server.web.people.account.devices import browser_of
from server.web.sentences.messages import N_, Message

LONGEST = 2_000
"""Characters of what a provider sends back."""
_ENOUGH = Message(N_("That was wrong five times. Please sign in again from the beginning."))


def _limit(request: Request) -> None:
    web_of(request).limits.link_by_network.take(network_of(request))


async def go_to_provider(request: Request) -> Response:
    """A link, not a form: the policy lets no form lead to another site. Nothing is done by following it."""
    _limit(request)
    services = services_of(request)
    address = await entering.begin(
        services,
        browser=browser_of(request),
        key=request.path_params["provider"],
        next_path=safe_path(request.query_params.get("next", "/")),
    )
    response = RedirectResponse(address, 303)
    remember_visit(response, visit_of(request), services)
    return response


async def come_back(request: Request) -> Response:
    """With an answer bound to this browser, which signs in once."""
    _limit(request)
    state, code = (request.query_params.get(name, "") for name in ("state", "code"))
    if not code or max(len(state), len(code)) > LONGEST:
        raise ProviderRefused()
    services = services_of(request)
    came = await entering.come_back(
        services, browser=browser_of(request), key=request.path_params["provider"], state=state, code=code
    )
    if isinstance(came, NewSession):
        return _enter(request, came)
    return RedirectResponse(f"/login/code/{came.challenge_id}", 303)


async def ask_for_code(request: Request) -> Response:
    return _form(request)


async def link_provider(request: Request, form: Form) -> Response:
    try:
        new = await entering.link(
            services_of(request),
            browser=browser_of(request),
            challenge_id=request.path_params["challenge"],
            code=form.text("code", 40),
        )
    except (InvalidCode, InvalidInput) as error:
        note_refusal(request, error)
        left = error.facts.get("left")
        problem = _ENOUGH if left == 0 else wrong_code(left)
        return _form(request, problem_of(error).status, form.typed("code"), problem)
    return _enter(request, new)


def _form(request: Request, status: int = 200, typed: str = "", problem: Message | None = None) -> Response:
    return render(request, "people/account/link_provider.html", status, typed=typed, problem=problem)


def _enter(request: Request, new: NewSession) -> Response:
    response = RedirectResponse(safe_path(new.next_path), 303)
    begin_session(response, new.session_token, services_of(request))
    return response


ROUTES = [
    Route("/login/with/{provider}", go_to_provider),
    Route("/login/with/{provider}/back", come_back),
    Route("/login/code/{challenge}", ask_for_code),
    form_route("/login/code/{challenge}", link_provider, limit=_limit),
]
