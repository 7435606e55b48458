"""On the board: links to the page for the hall are made and taken back. A new one is shown once."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.actions.declarations.wall import close_wall, open_wall
from server.domain.permissions import can_follow_sign_offs
from server.web.declarations.board.page import BOARD, read_shown, show
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.context import services_of, web_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of


async def open_link(request: Request, _form: Form) -> Response:
    services = services_of(request)
    token = await open_wall(services, actor=person_of(request), slug=slug_of(request))
    page = await read_page(request, can_follow_sign_offs, read_shown)
    return show(request, page, f"{services.base_url}/wall/{token}")


async def close_link(request: Request, _form: Form) -> Response:
    await close_wall(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        link_id=int(request.path_params["wall"]),
    )
    web_of(request).feeds.clear()
    return RedirectResponse(f"{declaration_path(request, 'board')}#walls", 303)


ROUTES = [
    form_route(f"{BOARD}/walls", open_link),
    form_route(f"{BOARD}/walls/{{wall:int}}/close", close_link),
]
