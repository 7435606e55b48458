"""Sections: how far each is, and who looks after it. The editor shows the same in its outline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import sections as acts
from server.domain.permissions import Access, can_join_room, can_moderate
from server.domain.text.sections.sections import Standing, may_agree, standing_of
from server.storage.engine.types import Reader
from server.storage.text.comments.naming import read_towns
from server.storage.text.sections import read_states
from server.storage.text.update_log import read_log
from server.sync.sections import read_sections
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

SECTIONS: Final = f"{DECLARATION}/sections"


@dataclass(frozen=True, slots=True)
class Page:
    """`towns`: official key and name of those that may look after one, for who says which."""

    access: Access
    standing: Sequence[Standing]
    towns: Sequence[tuple[str, str]]

    def may_agree(self, standing: Standing) -> bool:
        return may_agree(self.access, standing.ags)


def _read(db: Reader, access: Access, _: datetime) -> Page:
    declaration = access.declaration
    found = read_sections(read_log(db, declaration.text_id).updates)
    towns = read_towns(db, declaration.id) if can_moderate(access) else []
    return Page(access, standing_of(found, read_states(db, declaration.text_id)), towns)


async def list_sections(request: Request) -> Response:
    page = await read_page(request, can_join_room, _read)
    return render_framed(request, "text/sections/list.html", page.access, page=page)


async def sections_json(request: Request) -> Response:
    """For the editor: what is known of the sections, by their keys."""
    page = await read_page(request, can_join_room, _read)
    said = {
        each.section.key: {"agreed": each.is_agreed, "changed": each.has_changed, "town": each.town}
        for each in page.standing
        if each.town or each.is_agreed or each.has_changed
    }
    return JSONResponse({"sections": said}, headers={"Cache-Control": "no-store"})


async def agree(request: Request, _: Form) -> Response:
    return await _agree(request, agreed=True)


async def reopen(request: Request, _: Form) -> Response:
    return await _agree(request, agreed=False)


async def _agree(request: Request, *, agreed: bool) -> Response:
    await acts.agree_section(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        key=request.path_params["key"],
        agreed=agreed,
    )
    return RedirectResponse(declaration_path(request, "sections"), 303)


async def assign(request: Request, form: Form) -> Response:
    await acts.assign_section(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        key=request.path_params["key"],
        ags=form.optional_text("ags", 8),
    )
    return RedirectResponse(declaration_path(request, "sections"), 303)


ROUTES = [
    Route(SECTIONS, list_sections),
    Route(f"{SECTIONS}.json", sections_json),
    form_route(f"{SECTIONS}/{{key}}/agree", agree),
    form_route(f"{SECTIONS}/{{key}}/reopen", reopen),
    form_route(f"{SECTIONS}/{{key}}/assign", assign),
]
