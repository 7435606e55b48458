"""Signing with a passkey: two JSON requests around the authenticator's answer."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.actions.sign_offs.by_passkey import begin_with_passkey, finish_with_passkey
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.sign_offs.forms import confirmation_path, note_proof, read_sign_off


async def begin_sign_off(request: Request, form: Form) -> Response:
    asked = await read_sign_off(request, form)
    challenge_id, options, statement = await begin_with_passkey(
        services_of(request), actor=person_of(request), slug=slug_of(request), request=asked
    )
    return JSONResponse({"challenge_id": challenge_id, "options": options, "statement": statement.decode()})


async def finish_sign_off(request: Request, form: Form) -> Response:
    given = await finish_with_passkey(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        challenge_id=form.text("challenge_id"),
        response=form.mapping("response"),
    )
    await note_proof(request)
    return JSONResponse({"location": confirmation_path(request, given)})


ROUTES = [
    form_route(f"{DECLARATION}/sign/passkey/begin", begin_sign_off, Takes.JSON),
    form_route(f"{DECLARATION}/sign/passkey/finish", finish_sign_off, Takes.JSON),
]
