"""Small parts for municipal websites: the list in a frame, a counter as a picture; no cookie, no script."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.web.http.context import Web, web_of
from server.web.release.public.page import HTML
from server.web.release.public.serving import PUBLIC, answer
from server.web.release.public.state import Published

FRAMED: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
ELSEWHERE: Final = {"Cross-Origin-Resource-Policy": "cross-origin"}


async def embedded_list(request: Request) -> Response:
    web = web_of(request)
    return await answer(
        "embed",
        request,
        lambda page: _render(web, page, "embed.html"),
        HTML,
        {**ELSEWHERE, "Content-Security-Policy": FRAMED, "Referrer-Policy": "no-referrer"},
    )


async def counter(request: Request) -> Response:
    web = web_of(request)
    return await answer(
        "counter", request, lambda page: _render(web, page, "counter.svg"), "image/svg+xml", ELSEWHERE
    )


def _render(web: Web, page: Published, template: str) -> bytes:
    context = {"page": page, "address": web.services.base_url + PUBLIC.format(slug=page.declaration.slug)}
    return web.pages.render(f"release/public/{template}", "de", context).encode()


ROUTES = [
    Route(f"{PUBLIC}/einbetten", embedded_list),
    Route(f"{PUBLIC}/zaehler.svg", counter),
]
