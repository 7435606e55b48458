"""What the ways of signing share: which text, for which municipality, in which words."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.actions.people import accounts
from server.actions.sign_offs.preparation import load_mandate
from server.actions.sign_offs.request import SignOffRequest
from server.domain import permissions
from server.domain.errors import KraftaktError, WrongPhase
from server.domain.people.mandate_errors import NoMandate
from server.domain.sign_offs.answers import Answer, WordingDiffers
from server.domain.sign_offs.errors import (
    AlreadyAnswered,
    AnswerChanged,
    DeadlinePassed,
    MayorHasAnswered,
    StaleRevision,
    WayNotAccepted,
)
from server.domain.sign_offs.statements import SignOff
from server.domain.text.errors import UnprintableText
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of, visit_of
from server.web.sign_offs.answering import read_answering
from server.web.sign_offs.choices import wording
from server.web.sign_offs.replies import LONGEST, PUBLIC, read_reply, read_words


async def read_sign_off(request: Request, form: Form) -> SignOffRequest:
    """Raises InvalidReply, InvalidInput; StaleRevision when the page showed another text, WordingDiffers when
    it says that it showed another sentence. The wording is ours, not the browser's."""
    answering = await read_page(request, permissions.can_sign, read_answering)
    access, current = answering.access, answering.current
    digest, mandate = form.text("digest", 64), load_mandate(access, form.number("mandate"))
    if current is None or current.digest != digest:
        raise StaleRevision()
    reply = read_reply(form, services_of(request).now())
    words = wording(request, access.declaration, current, mandate, reply.answer)
    if form.optional_text("shown") not in ("", words):
        raise WordingDiffers()
    return SignOffRequest(
        digest, mandate.id, words, reply, read_replaces(form), read_note(form, reply.answer)
    )


REFUSED: Final = (
    NoMandate,
    StaleRevision,
    DeadlinePassed,
    AnswerChanged,
    AlreadyAnswered,
    MayorHasAnswered,
    WayNotAccepted,
    UnprintableText,
    WrongPhase,
)
"""What is refused for another reason than the form's own."""
WORDS: Final = ("statement", "council_statement", "reason")


def read_replaces(form: Form) -> int | None:
    """The municipality's newest act that the page showed."""
    return form.number("replaces") if form.optional_text("replaces") else None


def read_note(form: Form, answer: Answer) -> str:
    """The reason for declining, where it is for the coordination only."""
    if not answer.facts.gives_reason or form.optional_text("reason_is") == PUBLIC:
        return ""
    return read_words(form, "reason")


async def keep_words(form: Form, request: Request, error: KraftaktError) -> Response:
    """Nothing was stored, and the form that was sent is of no use any more: what was typed in it is shown
    to be copied. Raises the error where nothing was typed, or where the person may not even look."""
    typed = [words for name in WORDS if (words := form.typed(name, LONGEST).strip())]
    if not typed:
        raise error
    note_refusal(request, error)
    access = await read_page(request, permissions.can_see, lambda _db, access, _now: access)
    problem = problem_of(error)
    return render_framed(request, "sign_offs/kept.html", access, problem.status, problem=problem, typed=typed)


async def note_proof(request: Request) -> None:
    """The person has just proved by a code or a passkey who they are."""
    token = visit_of(request).session_token
    if token is not None:
        await accounts.note_proof(services_of(request), actor=person_of(request), session_token=token)


def confirmation_path(request: Request, given: SignOff) -> str:
    """Where the person sees what they have just signed."""
    return declaration_path(request, f"sign?municipality={given.municipality.ags}")
