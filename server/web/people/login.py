"""Signing in by a link sent to the person's own address, and signing out."""

from __future__ import annotations

import asyncio
import secrets
from time import monotonic
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people import accounts
from server.actions.people.account.codes import as_read
from server.actions.people.account.entering import NewSession
from server.domain.addresses import safe_path
from server.domain.errors import InvalidCode, InvalidInput
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.refusals import note_refusal
from server.web.http.visits import begin_session, end_session, visit_of
from server.web.people.account.devices import browser_of
from server.web.sentences.messages import N_, Message

LONGEST_ADDRESS: Final = 254  # RFC 5321 section 4.5.3.1.3, without the angle brackets
ANSWER_AFTER = 0.25
"""Seconds: many times what writing a link and a mail takes."""


async def login_form(request: Request) -> Response:
    return render(
        request,
        "people/login.html",
        next_path=safe_path(request.query_params.get("next", "/")),
        email="",
        problem=None,
        providers=services_of(request).providers,
    )


def _limit(request: Request) -> None:
    web_of(request).limits.login_by_network.take(network_of(request))


def _limit_of_links(request: Request) -> None:
    web_of(request).limits.link_by_network.take(network_of(request))


async def send_link(request: Request, form: Form) -> Response:
    """Answers the same, and after the same time, whether the address is known or not."""
    limits = web_of(request).limits
    try:
        email = read_address(form)
    except InvalidInput as error:
        return _login_again(request, form, problem_of(error).status)
    limits.login_by_network_and_email.take(f"{network_of(request)} {email}")
    next_path = safe_path(form.optional_text("next") or "/")
    answer_at = monotonic() + ANSWER_AFTER
    nonce, browser = secrets.token_urlsafe(12), browser_of(request).secret
    services, code = services_of(request), accounts.login_code(services_of(request), browser, nonce)
    await accounts.send_login_link(services, email=email, next_path=next_path, browser=browser, code=code)
    await asyncio.sleep(answer_at - monotonic())
    return RedirectResponse(f"/login/sent?asked={nonce}", 303)


def read_address(form: Form) -> str:
    """In small letters. Raises InvalidInput."""
    email = form.text("email", LONGEST_ADDRESS).lower()
    if email.count("@") != 1 or email[0] == "@" or email[-1] == "@" or not email.isprintable():
        raise InvalidInput(field="email")
    return email


def _login_again(request: Request, form: Form, status: int) -> Response:
    """With what was typed, and what is wrong with it."""
    next_path = safe_path(form.typed("next"))
    problem = Message(
        N_("This is not a complete e-mail address. Please check it, for example for the @ sign.")
    )
    return render(
        request,
        "people/login.html",
        status,
        next_path=next_path,
        email=form.typed("email"),
        problem=problem,
        providers=services_of(request).providers,
    )


async def link_sent(request: Request) -> Response:
    """With the code for the case that the link is opened elsewhere."""
    nonce = request.query_params.get("asked", "")
    code = accounts.login_code(services_of(request), browser_of(request).secret, nonce[:16]) if nonce else ""
    return render(request, "people/login_sent.html", code=as_read(code))


async def look_at_link(request: Request) -> Response:
    """Only looks: mail scanners open every link, and must not use this one up."""
    _limit_of_links(request)
    return await _link_page(request)


async def _link_page(
    request: Request, status: int = 200, typed: str = "", problem: Message | None = None
) -> Response:
    services, token = services_of(request), request.path_params["token"]
    seen = await accounts.look_at_link(
        services, token=token, browser=browser_of(request).secret, viewer=visit_of(request).person
    )
    if seen.is_entered:
        return RedirectResponse(safe_path(seen.next_path), 303)
    days = services.session_limits.limit.days
    return render(
        request,
        "people/login_confirm.html",
        status,
        seen=seen,
        typed=typed,
        problem=problem,
        days=days,
    )


async def use_link(request: Request, form: Form) -> Response:
    """A wrong or missing code is reported beside the field. After the last attempt the link is used up."""
    services, token = services_of(request), request.path_params["token"]
    try:
        signed_in = await accounts.use_login_link(
            services, token=token, browser=browser_of(request), code=form.optional_text("code", 40)
        )
    except (InvalidCode, InvalidInput) as error:
        note_refusal(request, error)
        if error.facts.get("left") == 0:
            return _no_more_attempts(request, problem_of(error).status)
        problem = wrong_login_code(error.facts.get("left"))
        return await _link_page(request, problem_of(error).status, form.typed("code"), problem)
    return enter_with(request, signed_in)


def wrong_login_code(left: object) -> Message:
    """`left`: how many attempts, None where nothing was tried."""
    if not isinstance(left, int):
        return Message(N_("Please enter the six digits."))
    return Message(N_("This code is wrong. Attempts left: %(left)s."), {"left": left})


def _no_more_attempts(request: Request, status: int) -> Response:
    problem = Message(N_("The code was wrong five times. Please have a new link sent to you."))
    return render(
        request,
        "people/login.html",
        status,
        next_path="/",
        email="",
        problem=problem,
        providers=services_of(request).providers,
    )


def enter_with(request: Request, signed_in: NewSession) -> Response:
    response = RedirectResponse(safe_path(signed_in.next_path), 303)
    begin_session(response, signed_in.session_token, services_of(request))
    return response


async def sign_out(request: Request, _: Form) -> Response:
    token = visit_of(request).session_token
    if token is not None:
        await accounts.sign_out(services_of(request), session_token=token)
    response = RedirectResponse("/", 303)
    end_session(response, services_of(request))
    return response


ROUTES = [
    Route("/login", login_form),
    form_route("/login", send_link, limit=_limit),
    Route("/login/sent", link_sent),
    Route("/login/{token}", look_at_link),
    form_route("/login/{token}", use_link, limit=_limit_of_links),
    form_route("/logout", sign_out),
]
