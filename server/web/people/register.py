"""The register of municipalities, for who may create declarations: seen, added to from a table, merged."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people import register as acts
from server.domain.errors import Invalid, NotAllowed
from server.domain.people.register_rows import RegisterRow
from server.domain.person_rights import may_create_declarations
from server.spreadsheets.limits import MAX_BYTES
from server.storage.people.municipalities import read_municipalities
from server.storage.people.register import read_former
from server.web.http.bodies.bodies import Bounds, Takes
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of
from server.web.sentences.messages import Message

REGISTER: Final = "/register"
SHOWN: Final = 200
"""Rows that a preview lists; it says how many more there are."""
PASTE: Final = Bounds(field=2 * 1024 * 1024)
_HEAD: Final = "AGS;Name;Art;Kreis;Breite;Länge;Einwohner"


async def register(request: Request) -> Response:
    return await _page(request)


async def bring(request: Request, form: Form) -> Response:
    """Shows what the rows would do; only the second press takes them over."""
    services, actor = services_of(request), person_of(request)
    table = form.typed("table", PASTE.field)
    try:
        data = table.encode() if table.strip() else await _file(form)
        if form.optional_text("do") == "take":
            count = await acts.take_over(services, actor=actor, data=data)
            return RedirectResponse(f"{REGISTER}?done={count}", 303)
        rows = await acts.look_through(services, actor=actor, data=data)
    except Invalid as error:
        note_refusal(request, error)
        problem = problem_of(error)
        return await _page(request, problem.status, table=table, problem=problem.message)
    return await _page(request, table=table or _as_text(rows), rows=rows)


async def _file(form: Form) -> bytes:
    upload: UploadFile | None = form.optional_upload("file")
    return await upload.read(MAX_BYTES + 1) if upload else b""


def _as_text(rows: list[RegisterRow]) -> str:
    """What came as a file, to be mended in the page."""
    lines = (";".join(f'"{cell}"' if ";" in cell else cell for cell in row.cells) for row in rows)
    return "\n".join((_HEAD, *lines))


async def merge(request: Request, form: Form) -> Response:
    await acts.merge(
        services_of(request),
        actor=person_of(request),
        ags=form.text("ags", 8),
        successor=form.text("successor", 8),
    )
    return RedirectResponse(f"{REGISTER}?done=merged", 303)


async def _page(
    request: Request,
    status: int = 200,
    table: str = "",
    rows: list[RegisterRow] | None = None,
    problem: Message | None = None,
) -> Response:
    if not may_create_declarations(person_of(request)):
        raise NotAllowed()
    database = services_of(request).database
    done = request.query_params.get("done", "")
    return render(
        request,
        "people/register.html",
        status,
        towns=await database.ask(read_municipalities),
        former=await database.ask(read_former),
        table=table,
        head=_HEAD,
        rows=rows,
        faulty=[row for row in rows or () if row.entry is None],
        good=[row for row in rows or () if row.entry is not None],
        shown=SHOWN,
        problem=problem,
        done=done if done == "merged" or (done.isdecimal() and len(done) < 6) else "",
    )


ROUTES = [
    Route(REGISTER, register),
    form_route(REGISTER, bring, takes=Takes.UPLOAD, bounds=PASTE),
    form_route(f"{REGISTER}/merge", merge),
]
