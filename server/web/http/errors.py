"""The one place where errors become HTTP: a status, and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ExceptionHandler

from server.domain.errors import (
    Invalid,
    InvalidInput,
    InvalidLink,
    KraftaktError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    Overloaded,
    ProofNeeded,
    Refused,
    StaleForm,
    TooLarge,
    TooMany,
    TooSlow,
    Unavailable,
    WrongType,
)
from server.domain.people.provider_errors import ClockWrong, NotInvited, ProviderFailed, ProviderRefused
from server.domain.sign_offs.answers import WordingDiffers
from server.domain.sign_offs.errors import AlreadyAnswered, QuorumNotReached, StaleRevision, WayNotAccepted
from server.domain.text.errors import EmptyText, OpenSuggestions, TextIncomplete, UnknownMarkup
from server.web.http.pages.links import Action
from server.web.http.pages.rendering import LEAD, RELOAD, is_part, render, say
from server.web.http.proof.freshness import confirm_address, page_of
from server.web.http.refusals import note_refusal
from server.web.http.visits import visit_of
from server.web.sentences.messages import N_, Message

JSON: Final = "application/json"
RETRY_HEADER: Final = "Retry-After"
STATUSES: Final[Mapping[type, HTTPStatus]] = {
    KraftaktError: HTTPStatus.INTERNAL_SERVER_ERROR,
    NotFound: HTTPStatus.NOT_FOUND,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Refused: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Unavailable: HTTPStatus.SERVICE_UNAVAILABLE,
    # Those for which HTTP has a status of its own.
    InvalidLink: HTTPStatus.GONE,
    StaleForm: HTTPStatus.FORBIDDEN,
    TooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    TooSlow: HTTPStatus.REQUEST_TIMEOUT,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    WrongType: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
}
"""An error has the status of its family."""
VERIFY: Final = "/verify"
"""Open to strangers: the overview is none of their business."""
_METHOD_NOT_ALLOWED: Final = N_("This address cannot be used this way. Please go back to the overview.")
_CURES: Final = {
    UnknownMarkup.code: (N_("See and remove unknown content"), "unknown-content"),
    TextIncomplete.code: (N_("See what is missing"), "unknown-content"),
    QuorumNotReached.code: (N_("See what is missing"), "seal"),
    WayNotAccepted.code: (N_("To the page for signing"), "sign"),
}
"""Where in the declaration an error is mended."""
_TO_A_LINK: Final = {
    InvalidLink.code: N_("Have a new link sent"),
    ProviderFailed.code: N_("Have a link sent"),
    ProviderRefused.code: N_("Have a link sent"),
    ClockWrong.code: N_("Have a link sent"),
    NotInvited.code: N_("Have a link sent"),
}
_TO_THE_SIGN_OFF: Final = {
    StaleRevision.code: N_("Read the current revision"),
    WordingDiffers.code: N_("Load the page again"),
    AlreadyAnswered.code: N_("See the answer"),
}
_IN_THE_EDITOR: Final = {OpenSuggestions.code: N_("See the open suggestions")}


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page or an error object is made of."""

    code: str
    status: int
    heading: Message
    message: Message
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_of(error: KraftaktError) -> Problem:
    seconds = error.facts.get("seconds")
    headers = {RETRY_HEADER: str(seconds)} if isinstance(seconds, int) else {}
    if isinstance(error, TooLarge | TooSlow | Overloaded):
        headers["Connection"] = "close"  # the rest of the body is not waited for
    heading, message = Message(error.heading, error.facts), Message(error.words, error.facts)
    return Problem(error.code, status_of(type(error)), heading, message, headers)


def status_of(kind: type[KraftaktError]) -> int:
    """That of the nearest class above it which has one."""
    return next(STATUSES[family] for family in kind.__mro__ if family in STATUSES)


def http_problem(error: HTTPException) -> Problem:
    """Starlette's own: unknown path, wrong method, malformed form."""
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        heading, message = Message(NotFound.heading), Message(_METHOD_NOT_ALLOWED)
        return Problem("method_not_allowed", error.status_code, heading, message, headers)
    kind = _kind_of(error.status_code)
    heading, message = Message(kind.heading), Message(kind.sentence)
    return Problem(kind.code, error.status_code, heading, message, headers)


def _kind_of(status: int) -> type[KraftaktError]:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return KraftaktError
    return NotFound if status == HTTPStatus.NOT_FOUND else InvalidInput


def wants_json(request: Request) -> bool:
    """Asks for JSON or sends it. A browser that opens a page asks for HTML first."""
    accept = request.headers.get("accept", "")
    sends = request.headers.get("content-type", "").startswith(JSON)
    return sends or (JSON in accept and "text/html" not in accept)


def answer(request: Request, problem: Problem) -> Response:
    response = _json(request, problem) if wants_json(request) else _page(request, problem)
    response.headers.update(problem.headers)
    return response


def _json(request: Request, problem: Problem) -> Response:
    body = {"code": problem.code, "message": say(request, problem.message)}
    if problem.code == ProofNeeded.code:
        body["location"] = confirm_address(page_of(request))
    return JSONResponse({"error": body}, problem.status)


def _page(request: Request, problem: Problem) -> Response:
    if problem.code == NotSignedIn.code and is_part(request):
        return Response(status_code=problem.status, headers={RELOAD: "true"})
    if problem.code == NotSignedIn.code and request.method in ("GET", "HEAD"):
        return RedirectResponse(f"/login?next={quote(_here(request), safe='')}", 303)
    if problem.code == ProofNeeded.code:
        return _to_confirmation(request)
    request_id = visit_of(request).request_id
    shown = {"problem": problem, "way": way_on(request, problem), "request_id": request_id}
    return render(request, "error.html", problem.status, **shown)


def _here(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _to_confirmation(request: Request) -> Response:
    """Of a page; forms carry what was typed (`form_route`)."""
    address = confirm_address(page_of(request) if is_part(request) else _here(request))
    if is_part(request):
        return Response(status_code=403, headers={LEAD: address})
    return RedirectResponse(address, 303)


def way_on(request: Request, problem: Problem) -> Action:
    """Where the person can go on, instead of the browser's button for going back."""
    slug = request.path_params.get("slug")
    back = f"/declarations/{slug}" if slug and problem.code != NotFound.code else "/"
    if problem.code == NotSignedIn.code:
        return Action(N_("Sign in"), f"/login?next={quote(back, safe='')}")
    if problem.code in _TO_A_LINK:
        page = problem.message.facts.get("next")
        query = f"?next={quote(page, safe='')}" if isinstance(page, str) else ""
        return Action(_TO_A_LINK[problem.code], f"/login{query}")
    if request.url.path == VERIFY:
        return Action(N_("Check another PDF"), VERIFY)
    if slug and (cure := _cure(back, problem)):
        return cure
    if problem.code in _TO_THE_SIGN_OFF and request.url.path.startswith(f"{back}/sign"):
        return Action(_TO_THE_SIGN_OFF[problem.code], f"{back}/sign")
    return Action(N_("To the overview") if back == "/" else N_("To the declaration"), back)


def _cure(base: str, problem: Problem) -> Action | None:
    """Where in the declaration the refusal can be mended; None where only its overview helps."""
    if problem.code in _CURES:
        label, page = _CURES[problem.code]
        return Action(label, f"{base}/{page}")
    if isinstance(block := problem.message.facts.get("block"), int):
        label = _IN_THE_EDITOR.get(problem.code, N_("Go to the place in the editor"))
        return Action(label, f"{base}/edit#block-{block}")
    if problem.code == EmptyText.code:
        return Action(N_("Open the text"), f"{base}/edit")
    return None


async def on_kraftakt_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, KraftaktError):
        raise error
    note_refusal(request, error)
    return answer(request, problem_of(error))


async def on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return answer(request, http_problem(error))


def exception_handlers() -> dict[object, ExceptionHandler]:
    """For `Starlette(exception_handlers=…)`. Everything else is caught by the middleware."""
    return {KraftaktError: on_kraftakt_error, HTTPException: on_http_exception}
