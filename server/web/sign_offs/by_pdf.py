"""Signing a copy with a certificate of one's own: download it, sign it elsewhere, hand it in."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.sign_offs.by_pdf import begin_with_pdf, finish_with_pdf, load_handed_out
from server.actions.sign_offs.confirmation import WaitingSignOff
from server.domain.errors import Busy, TooLarge
from server.domain.permissions import Access, can_sign
from server.domain.sign_offs.answers import InvalidReply
from server.domain.sign_offs.errors import ForeignCertificate, InvalidCopy, TooManyCopies
from server.signing.evidence.signed_copy import MAX_COPY
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of, web_of
from server.web.http.errors import Problem, problem_of
from server.web.http.files import file_route
from server.web.http.forms import Form, form_route
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of
from server.web.sign_offs.forms import REFUSED, confirmation_path, keep_words, read_sign_off
from server.web.sign_offs.replies import typed_in
from server.web.sign_offs.signing import read_to_sign, show_to_sign
from server.web.sign_offs.verdicts import verdict_on

PAGE: Final = f"{DECLARATION}/sign/copy/{{challenge}}"


def _limit(request: Request) -> None:
    web_of(request).limits.code_by_person.take(f"copy {person_of(request).id}")


async def begin(request: Request, form: Form) -> Response:
    """What does not fit is reported beside its field, as on the way of the code."""
    try:
        asked = await read_sign_off(request, form)
        challenge_id, _ = await begin_with_pdf(
            services_of(request), actor=person_of(request), slug=slug_of(request), request=asked
        )
    except InvalidReply as error:
        note_refusal(request, error)
        again = await read_to_sign(request, form.typed("municipality"))
        if again is None:
            return RedirectResponse(declaration_path(request, "sign"), 303)
        return show_to_sign(request, again, typed_in(form), problem_of(error))
    except REFUSED as error:
        return await keep_words(form, request, error)
    return RedirectResponse(declaration_path(request, f"sign/copy/{challenge_id}"), 303)


async def page(request: Request) -> Response:
    """Who comes back to this page after handing it in sees what was signed."""
    access = await read_page(request, can_sign, lambda _db, access, _now: access)
    return await _show(request, access)


async def _show(
    request: Request, access: Access, problem: Problem | None = None, verdict: str = ""
) -> Response:
    """`verdict`: what the check found, a sentence of the catalogue."""
    handed = await load_handed_out(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        challenge_id=_challenge(request),
    )
    if handed is None:
        return RedirectResponse(declaration_path(request, "sign"), 303)
    return render_framed(
        request,
        "sign_offs/sign_copy.html",
        access,
        problem.status if problem else 200,
        statement=handed.statement,
        until=handed.challenge.expires_at,
        problem=problem.message if problem else None,
        verdict=verdict,
    )


async def copy(request: Request) -> Response:
    """The PDF that was handed out, for this person only."""
    await read_page(request, can_sign, lambda _db, access, _now: access)
    handed = await load_handed_out(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        challenge_id=_challenge(request),
    )
    if handed is None or handed.challenge.document is None:
        return RedirectResponse(declaration_path(request, "sign"), 303)
    name = f"{slug_of(request)}-{handed.statement.ags}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(handed.challenge.document, media_type="application/pdf", headers=headers)


async def hand_in(request: Request, form: Form) -> Response:
    """What the check found is said in plain words; the copy waits on."""
    upload = form.optional_upload("signed")
    signed = await upload.read(MAX_COPY + 1) if upload is not None else b""
    try:
        given = await finish_with_pdf(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            challenge_id=_challenge(request),
            signed=signed,
        )
    except (InvalidCopy, ForeignCertificate, TooLarge, TooManyCopies, Busy) as error:
        note_refusal(request, error)
        access = await read_page(request, can_sign, lambda _db, access, _now: access)
        return await _show(request, access, problem_of(error), verdict_on(error, is_missing=not signed))
    return RedirectResponse(confirmation_path(request, given), 303)


async def _handed_out(request: Request) -> WaitingSignOff | None:
    return await load_handed_out(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        challenge_id=_challenge(request),
    )


def _challenge(request: Request) -> str:
    return str(request.path_params["challenge"])


ROUTES = [
    form_route(f"{DECLARATION}/sign/copy", begin, limit=_limit),
    Route(PAGE, page),
    form_route(PAGE, hand_in, Takes.UPLOAD, limit=_limit),
    file_route(f"{PAGE}/copy.pdf", copy),
]
