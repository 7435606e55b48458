"""Signing in with a passkey alone: two JSON requests around the authenticator's answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.actions.people.account import by_passkey
from server.domain.addresses import safe_path
from server.web.http.bodies.bodies import Takes
from server.web.http.context import network_of, services_of, web_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import begin_session
from server.web.people.account.devices import browser_of

LONGEST_CHALLENGE = 100


def _limit(request: Request) -> None:
    web_of(request).limits.link_by_network.take(network_of(request))


async def begin_entering(request: Request, _: Form) -> Response:
    challenge, options = by_passkey.ask_for_passkey(services_of(request), browser=browser_of(request))
    return JSONResponse({"challenge_id": challenge, "options": options})


async def finish_entering(request: Request, form: Form) -> Response:
    services = services_of(request)
    signed_in = await by_passkey.enter_with_passkey(
        services,
        browser=browser_of(request),
        challenge=form.text("challenge_id", LONGEST_CHALLENGE),
        response=form.mapping("response"),
        next_path=safe_path(form.optional_text("next") or "/"),
    )
    response = JSONResponse({"location": signed_in.next_path})
    begin_session(response, signed_in.session_token, services)
    return response


ROUTES = [
    form_route("/login/passkey/begin", begin_entering, Takes.JSON, limit=_limit),
    form_route("/login/passkey/finish", finish_entering, Takes.JSON, limit=_limit),
]
