"""Setting up a passkey: two JSON requests around the authenticator's answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.actions.people import passkeys
from server.domain.addresses import safe_path
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import proven_at
from server.web.http.visits import person_of


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
    )
    return JSONResponse({"location": safe_path(form.optional_text("next") or "/")})


ROUTES = [
    form_route("/passkeys/begin", begin_registration, Takes.JSON),
    form_route("/passkeys/finish", finish_registration, Takes.JSON),
]
