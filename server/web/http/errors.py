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
    AlreadyAnswered,
    InvalidLink,
    KraftaktError,
    NotFound,
    NotSignedIn,
    StaleRevision,
    TooLarge,
    TooSlow,
)
from server.web.http.links import Action
from server.web.http.rendering import RELOAD, is_part, render, say
from server.web.http.visits import visit_of
from server.web.sentences.error_sentences import SENTENCES
from server.web.sentences.messages import N_, Message

JSON: Final = "application/json"
RETRY_HEADER: Final = "Retry-After"
_TO_THE_SIGN_OFF: Final = {
    StaleRevision.code: N_("Read the current revision"),
    AlreadyAnswered.code: N_("See the answer"),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What an error page or an error object is made of."""

    code: str
    status: int
    message: Message
    headers: Mapping[str, str] = field(default_factory=dict)


def problem_of(error: KraftaktError) -> Problem:
    """A class without a sentence of its own speaks with that of the nearest class above it."""
    codes = (str(getattr(kind, "code", "")) for kind in type(error).__mro__)
    code = next(code for code in codes if code in SENTENCES)
    status, sentence = SENTENCES[code]
    seconds = error.facts.get("seconds")
    headers = {RETRY_HEADER: str(seconds)} if isinstance(seconds, int) else {}
    if isinstance(error, TooLarge | TooSlow):
        headers["Connection"] = "close"  # the rest of the body is not waited for
    return Problem(error.code, status, Message(sentence, error.facts), headers)


def http_problem(error: HTTPException) -> Problem:
    """Starlette's own: unknown path, wrong method, malformed form."""
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "invalid_input")
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        code = "error"
    return Problem(code, error.status_code, Message(SENTENCES[code][1]), dict(error.headers or {}))


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
    return JSONResponse({"error": body}, problem.status)


def _page(request: Request, problem: Problem) -> Response:
    if problem.code == NotSignedIn.code and is_part(request):
        return Response(status_code=problem.status, headers={RELOAD: "true"})
    if problem.code == NotSignedIn.code and request.method in ("GET", "HEAD"):
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)
    request_id = visit_of(request).request_id
    shown = {"problem": problem, "way": way_on(request, problem), "request_id": request_id}
    return render(request, "error.html", problem.status, **shown)


def way_on(request: Request, problem: Problem) -> Action:
    """Where the person can go on, instead of the browser's button for going back."""
    slug = request.path_params.get("slug")
    back = f"/declarations/{slug}" if slug and problem.code != NotFound.code else "/"
    if problem.code == NotSignedIn.code:
        return Action(N_("Sign in"), f"/login?next={quote(back, safe='')}")
    if problem.code == InvalidLink.code:
        return Action(N_("Have a new link sent"), "/login")
    if problem.code in _TO_THE_SIGN_OFF and request.url.path.startswith(f"{back}/sign"):
        return Action(_TO_THE_SIGN_OFF[problem.code], f"{back}/sign")
    return Action(N_("To the overview") if back == "/" else N_("To the declaration"), back)


async def on_kraftakt_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, KraftaktError):
        raise error
    return answer(request, problem_of(error))


async def on_http_exception(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return answer(request, http_problem(error))


def exception_handlers() -> dict[object, ExceptionHandler]:
    """For `Starlette(exception_handlers=…)`. Everything else is caught by the middleware."""
    return {KraftaktError: on_kraftakt_error, HTTPException: on_http_exception}
