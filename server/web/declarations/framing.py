"""Answers with a page of a declaration: its head, its steps and its tabs are the same on all of them."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from server.domain.permissions import Access
from server.web.declarations.steps import Step, steps_of
from server.web.declarations.tabs import ShownTab, tabs_for
from server.web.http.pages.rendering import render


@dataclass(frozen=True, slots=True)
class Frame:
    """What `templates/declarations/frame.html` shows. `base`: the declaration's address."""

    base: str
    steps: list[Step]
    tabs: list[ShownTab]
    is_overview: bool


def frame_of(access: Access, path: str) -> Frame:
    base = f"/declarations/{access.declaration.slug}"
    page = path.removeprefix(base).strip("/")
    return Frame(base, steps_of(access.declaration), tabs_for(access, page), page == "")


def render_framed(
    request: Request, template: str, access: Access, status: int = 200, **context: object
) -> Response:
    """`template` extends `declarations/frame.html` and finds `access` besides its own names."""
    frame = frame_of(access, request.url.path)
    return render(request, template, status, access=access, frame=frame, **context)
