"""Small parts for municipal websites: the list in a frame, a counter as a picture; no cookie, no script."""

from __future__ import annotations

import json
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.web.http.context import Web, web_of
from server.web.release.public.embed_codes import HEIGHT, WIDTH, frame_code
from server.web.release.public.page import HTML
from server.web.release.public.serving import PUBLIC, answer
from server.web.release.public.state import Published

FRAMED: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)
NARROWEST: Final = 200
"""Pixels."""
LASTS: Final = 1800
"""Seconds for which a site may keep what it was told of the frame."""
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


async def oembed(request: Request) -> Response:
    """How the list is framed, for programs that find the page (oEmbed 1.0, type rich)."""
    base_url = web_of(request).services.base_url
    asked = request.query_params.get("maxwidth", "")
    width = min(WIDTH, max(NARROWEST, int(asked))) if asked.isdecimal() and len(asked) < 6 else WIDTH

    def make(page: Published) -> bytes:
        address = base_url + PUBLIC.format(slug=page.declaration.slug)
        said = {
            "version": "1.0",
            "type": "rich",
            "title": _title(page),
            "author_name": page.declaration.issuer,
            "provider_name": "Kraftakt",
            "provider_url": base_url,
            "cache_age": LASTS,
            "html": frame_code(page, address, width),
            "width": width,
            "height": HEIGHT,
            "thumbnail_url": f"{address}/bild.png",
            "thumbnail_width": 1200,
            "thumbnail_height": 630,
        }
        return json.dumps(said, ensure_ascii=False).encode()

    return await answer(f"oembed.{width}", request, make, "application/json", ELSEWHERE)


def _title(page: Published) -> str:
    title = page.declaration.title
    if page.withdrawal:
        return f"Zurückgezogen: {title}"
    return f"{title} (mit Berichtigung)" if page.errata else title


def _render(web: Web, page: Published, template: str) -> bytes:
    context = {"page": page, "address": web.services.base_url + PUBLIC.format(slug=page.declaration.slug)}
    return web.pages.render(f"release/public/{template}", "de", context).encode()


ROUTES = [
    Route(f"{PUBLIC}/einbetten", embedded_list),
    Route(f"{PUBLIC}/zaehler.svg", counter),
    Route(f"{PUBLIC}/oembed.json", oembed),
]
