"""Confirming who one is, by a passkey or a code by mail, on the way to a deciding act."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.account import confirming
from server.domain.addresses import safe_path
from server.domain.errors import InvalidCode, InvalidInput
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.asking import confirmation, waiting_fields
from server.web.http.proof.freshness import CONFIRM
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of, session_token_of
from server.web.sentences.messages import N_, Message

_ENOUGH = Message(N_("That was wrong five times. Please have a new code sent to you."))


async def show_confirmation(request: Request) -> Response:
    return await confirmation(request, next_path=request.query_params.get("next", "/"))


async def send_confirmation_code(request: Request, form: Form) -> Response:
    """Shows the field for the code at once; what waits stays with it."""
    challenge_id = await confirming.send_code(services_of(request), actor=person_of(request))
    return await confirmation(
        request,
        next_path=_next_of(form),
        waiting=_waiting_of(form),
        challenge_id=challenge_id,
    )


async def confirm_with_code(request: Request, form: Form) -> Response:
    """Leads on with what was waiting: 307 has the browser send the same fields to the next address."""
    try:
        await confirming.confirm_by_code(
            services_of(request),
            actor=person_of(request),
            session_token=session_token_of(request),
            challenge_id=form.text("confirm_challenge", 64),
            code=form.text("confirm_code", 40),
        )
    except (InvalidCode, InvalidInput) as error:
        note_refusal(request, error)
        return await _again(request, form, error)
    return RedirectResponse(_next_of(form), 303 if _waiting_of(form) is None else 307)


async def _again(request: Request, form: Form, error: InvalidCode | InvalidInput) -> Response:
    left = error.facts.get("left")
    return await confirmation(
        request,
        problem_of(error).status,
        next_path=_next_of(form),
        waiting=_waiting_of(form),
        challenge_id="" if left == 0 else form.typed("confirm_challenge"),
        typed=form.typed("confirm_code"),
        problem=_ENOUGH if left == 0 else wrong_code(left),
    )


def wrong_code(left: object) -> Message:
    """`left`: how many attempts, None where nothing was tried."""
    if not isinstance(left, int):
        return Message(N_("Please enter the code from the e-mail."))
    return Message(N_("This code is wrong. Attempts left: %(left)s."), {"left": left})


async def begin_confirmation(request: Request, _: Form) -> Response:
    challenge_id, options = await confirming.begin_with_passkey(
        services_of(request), actor=person_of(request)
    )
    return JSONResponse({"challenge_id": challenge_id, "options": options})


async def finish_confirmation(request: Request, form: Form) -> Response:
    await confirming.confirm_by_passkey(
        services_of(request),
        actor=person_of(request),
        session_token=session_token_of(request),
        challenge_id=form.text("challenge_id"),
        response=form.mapping("response"),
    )
    return JSONResponse({"location": _next_of(form)})


def _next_of(form: Form) -> str:
    return safe_path(form.optional_text("confirm_next") or "/")


def _waiting_of(form: Form) -> dict[str, str] | None:
    return waiting_fields(form.fields) if form.optional_text("confirm_waiting") else None


ROUTES = [
    Route(CONFIRM, show_confirmation),
    form_route(f"{CONFIRM}/send", send_confirmation_code),
    form_route(f"{CONFIRM}/code", confirm_with_code),
    form_route(f"{CONFIRM}/passkey/begin", begin_confirmation, Takes.JSON),
    form_route(f"{CONFIRM}/passkey/finish", finish_confirmation, Takes.JSON),
]
