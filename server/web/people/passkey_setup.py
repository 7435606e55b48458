"""Setting up a passkey: two JSON requests around the authenticator's answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.actions.people import passkeys
from server.domain.addresses import safe_path
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import say
from server.web.http.proof.freshness import proven_at
from server.web.http.visits import person_of
from server.web.people.account.devices import browser_of, device_in_words
from server.web.people.account.page import LONGEST_NAME


async def begin_registration(request: Request, _: Form) -> Response:
    challenge_id, options = await passkeys.begin_registration(
        services_of(request), actor=person_of(request), proven_at=proven_at(request)
    )
    return JSONResponse({"challenge_id": challenge_id, "options": options})


async def finish_registration(request: Request, form: Form) -> Response:
    """Leads back to the page on which the passkey was set up."""
    await passkeys.finish_registration(
        services_of(request),
        actor=person_of(request),
        challenge_id=form.text("challenge_id"),
        response=form.mapping("response"),
        name=form.optional_text("name", LONGEST_NAME) or _device(request),
    )
    return JSONResponse({"location": safe_path(form.optional_text("next") or "/")})


def _device(request: Request) -> str:
    """As a name, in the person's language."""
    return say(request, device_in_words(browser_of(request).device))


ROUTES = [
    form_route("/passkeys/begin", begin_registration, Takes.JSON),
    form_route("/passkeys/finish", finish_registration, Takes.JSON),
]
