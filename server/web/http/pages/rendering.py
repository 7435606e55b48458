"""Answers a request with a page."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from server.domain.addresses import safe_path
from server.domain.people.languages import LANGUAGES, Language
from server.web.http.context import web_of
from server.web.http.languages import PARAMETER
from server.web.http.pages.footer import FOOTER
from server.web.http.visits import remember_visit, visit_of
from server.web.sentences.messages import Message

RELOAD: Final = "HX-Refresh"
"""With "true" the whole page is loaded again, whatever part of it asked (htmx)."""
LEAD: Final = "HX-Redirect"
"""Has the browser open another page, whatever part of this one asked (htmx)."""


def is_part(request: Request) -> bool:
    """A part of a page that is open asks for its newest form."""
    return "HX-Request" in request.headers


def render(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """The page in the visit's language; `context` are the template's own names."""
    web, visit = web_of(request), visit_of(request)
    other = next(language for language in LANGUAGES if language != visit.language)
    shared = {
        "visit": visit,
        "path": request.url.path,
        "demo": web.services.demo,
        "footer": FOOTER,
        "other_language": language_address(request, other),
    }
    html = web.pages.render(template, visit.language, {**shared, **context})
    response = HTMLResponse(html, status)
    response.headers["Vary"] = "Cookie, Accept-Language"
    remember_visit(response, visit, web.services)
    return response


def language_address(request: Request, language: Language) -> str:
    """This page in another language; after a form, which cannot be opened again, the page it came from."""
    path, query = request.url.path, request.url.query
    if request.method not in ("GET", "HEAD"):
        path, query = _came_from(request)
    kept = [pair for pair in parse_qsl(query) if pair[0] != PARAMETER]
    return f"{safe_path(path)}?{urlencode([*kept, (PARAMETER, language)])}"


def _came_from(request: Request) -> tuple[str, str]:
    """Path and query. The browser names it to the same site only (`Referrer-Policy`)."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/", ""
    return parts.path, parts.query


def say(request: Request, message: Message) -> str:
    return web_of(request).pages.say(visit_of(request).language, message)
