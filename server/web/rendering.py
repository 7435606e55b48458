"""Answers a request with a page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from server.web.context import web_of
from server.web.messages import Message
from server.web.visits import remember_visit, visit_of


def render(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """The page in the visit's language; `context` are the template's own names."""
    web, visit = web_of(request), visit_of(request)
    shared = {"visit": visit, "path": request.url.path, "demo": web.services.demo}
    html = web.pages.render(template, visit.language, {**shared, **context})
    response = HTMLResponse(html, status)
    response.headers["Vary"] = "Cookie, Accept-Language"
    remember_visit(response, visit, web.services)
    return response


def say(request: Request, message: Message) -> str:
    return web_of(request).pages.say(visit_of(request).language, message)
