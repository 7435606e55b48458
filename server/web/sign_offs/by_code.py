"""Signing with a one-time code sent to the person's own address."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.sign_offs import by_code
from server.domain import permissions
from server.domain.errors import InvalidCode, InvalidInput, NotFound
from server.domain.permissions import Access
from server.domain.sign_offs.answers import InvalidReply
from server.domain.sign_offs.deadlines import last_confirmation
from server.domain.sign_offs.statements import Statement
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.errors import Problem, problem_of
from server.web.http.forms import Form, form_route
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of
from server.web.sign_offs.forms import REFUSED, confirmation_path, keep_words, note_proof, read_sign_off
from server.web.sign_offs.replies import typed_in
from server.web.sign_offs.signing import read_to_sign, show_to_sign


def _limit_sending(request: Request) -> None:
    web_of(request).limits.code_by_person.take(f"send {person_of(request).id}")


def _limit_confirming(request: Request) -> None:
    web_of(request).limits.code_by_person.take(f"confirm {person_of(request).id}")


async def send_code(request: Request, form: Form) -> Response:
    """What does not fit is reported beside its field, and everything that was typed is kept."""
    person = person_of(request)
    try:
        asked = await read_sign_off(request, form)
        challenge_id = await by_code.send_code(
            services_of(request), actor=person, slug=slug_of(request), request=asked
        )
    except InvalidReply as error:
        note_refusal(request, error)
        return await _sign_page_again(request, form, problem_of(error))
    except REFUSED as error:
        return await keep_words(form, request, error)
    return RedirectResponse(declaration_path(request, f"sign/code/{challenge_id}"), 303)


async def _sign_page_again(request: Request, form: Form, problem: Problem) -> Response:
    page = await read_to_sign(request, form.typed("municipality"))
    if page is None:
        return RedirectResponse(declaration_path(request, "sign"), 303)
    return show_to_sign(request, page, typed_in(form), problem)


async def code_form(request: Request) -> Response:
    """Who comes back to this page after signing sees what was signed."""
    access = await read_page(request, permissions.can_sign, lambda _db, access, _now: access)
    said = await _find_waiting(request, access)
    if said is None:
        return RedirectResponse(declaration_path(request, "sign"), 303)
    return _form(request, access, said)


async def _find_waiting(request: Request, access: Access) -> Statement | None:
    """Raises NotFound."""
    return await by_code.find_waiting(
        services_of(request),
        actor=access.person,
        slug=access.declaration.slug,
        challenge_id=request.path_params["challenge"],
    )


async def confirm_code(request: Request, form: Form) -> Response:
    """A wrong or missing code is reported beside the field, which keeps its value."""
    person = person_of(request)
    try:
        given = await by_code.confirm_code(
            services_of(request),
            actor=person,
            slug=slug_of(request),
            challenge_id=request.path_params["challenge"],
            code="".join(form.text("code", 40).split()),
        )
    except (InvalidCode, InvalidInput) as error:
        note_refusal(request, error)
        access = await read_page(request, permissions.can_sign, lambda _db, access, _now: access)
        try:
            said = await _find_waiting(request, access)
        except NotFound:
            said = None
        return _form(request, access, said, form.typed("code"), problem_of(error))
    await note_proof(request)
    return RedirectResponse(confirmation_path(request, given), 303)


def _form(
    request: Request,
    access: Access,
    said: Statement | None,
    typed: str = "",
    problem: Problem | None = None,
) -> Response:
    """`said`: what the code confirms; unknown for a code that is none."""
    status, message = (problem.status, problem.message) if problem else (200, None)
    last = last_confirmation(access.declaration.answers_until, services_of(request).now())
    return render_framed(
        request,
        "sign_offs/sign_code.html",
        access,
        status,
        said=said,
        typed=typed,
        problem=message,
        last_confirmation=last,
    )


ROUTES = [
    form_route(f"{DECLARATION}/sign/code", send_code, limit=_limit_sending),
    Route(f"{DECLARATION}/sign/code/{{challenge}}", code_form),
    form_route(f"{DECLARATION}/sign/code/{{challenge}}", confirm_code, limit=_limit_confirming),
]
