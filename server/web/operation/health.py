"""For the machine that watches, and the client's built files."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.web.http.context import network_of, web_of
from server.web.http.pages.static import EDITOR_WORKER, VERSION, takes_gzip


async def health(request: Request) -> Response:
    return JSONResponse(dict(await web_of(request).check()))


async def ready(request: Request) -> Response:
    """Whether something can be stored. Every probe writes: they are counted like checks of a code."""
    web_of(request).limits.ready_by_network.take(network_of(request))
    return JSONResponse(dict(await web_of(request).ready()))


async def static_file(request: Request) -> Response:
    return web_of(request).files.response(
        request.path_params["name"],
        request.query_params.get(VERSION),
        packed=takes_gzip(request.headers.get("accept-encoding", "")),
    )


async def editor_worker(request: Request) -> Response:
    """The service worker of the editor's page; browsers ask for it again at every visit."""
    packed = takes_gzip(request.headers.get("accept-encoding", ""))
    return web_of(request).files.response(EDITOR_WORKER, None, packed=packed)


ROUTES = [
    Route("/health", health),
    Route("/ready", ready),
    Route("/static/{name:path}", static_file),
    Route(f"/{EDITOR_WORKER}", editor_worker),
]
