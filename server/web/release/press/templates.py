"""The press release's templates: the coordination changes them and sees at once what they become."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.release.press import change_template
from server.domain.errors import InvalidInput, KraftaktError, NotFound
from server.domain.permissions import can_write_press_release
from server.domain.release.press import MAX_TEMPLATE, BadTemplate, LongTemplate, TemplateKind, ensure_template
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.release.press.room import ROOM, Room, read_room
from server.web.release.press.texts import default_template, general_release, municipal_release

TEMPLATE = f"{ROOM}/templates/{{kind}}"


@dataclass(frozen=True, slots=True)
class Typed:
    text: str
    error: KraftaktError | None = None


async def template(request: Request) -> Response:
    return await _show(request, None)


async def save_template(request: Request, form: Form) -> Response:
    """`do=preview` shows what it becomes and keeps nothing; `do=reset` brings ours back."""
    kind, action = _kind(request), form.optional_text("do", 10)
    text = form.optional_text("text", MAX_TEMPLATE)
    try:
        if action == "preview":
            ensure_template(kind, text)
            return await _show(request, Typed(text))
        await change_template(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            kind=kind,
            text="" if action == "reset" else text,
        )
    except (BadTemplate, LongTemplate, InvalidInput) as error:
        return await _show(request, Typed(form.typed("text", MAX_TEMPLATE), error))
    return RedirectResponse(declaration_path(request, "press"), 303)


def _kind(request: Request) -> TemplateKind:
    kind = TemplateKind.named(str(request.path_params["kind"]))
    if kind is None:
        raise NotFound(what="template")
    return kind


async def _show(request: Request, typed: Typed | None) -> Response:
    kind = _kind(request)
    room = await read_page(request, can_write_press_release, read_room)
    text = typed.text if typed else room.templates.get(kind) or default_template(kind)
    problem = problem_of(typed.error) if typed and typed.error else None
    return render_framed(
        request,
        "release/press/template.html",
        room.access,
        problem.status if problem else 200,
        kind=kind,
        text=text,
        fields=kind.fields,
        problem=problem,
        most=MAX_TEMPLATE,
        preview="" if problem else _filled(request, room, kind, text),
    )


def _filled(request: Request, room: Room, kind: TemplateKind, text: str) -> str:
    base_url = services_of(request).base_url
    if kind is TemplateKind.GENERAL:
        return general_release(room.page, text, base_url, room.now)
    example = next((row for row in room.page.rows if row.note), room.page.rows[0])
    return municipal_release(room.page, example, text, base_url, room.now)


ROUTES = [Route(TEMPLATE, template), form_route(TEMPLATE, save_template)]
