"""A table of people: brought, looked through, mended where it is wrong, and taken over as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people.invitations import drafts, importing
from server.actions.people.invitations.drafts import Preview
from server.domain.errors import Invalid
from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.errors import EmptyTable
from server.domain.people.invitations.role_words import PART_LABELS, TITLES, find_part
from server.domain.people.invitations.rows import JudgedRow
from server.domain.people.municipalities import Municipality
from server.domain.permissions import Access, can_manage_people
from server.spreadsheets.limits import MAX_BYTES
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_municipalities
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Bounds, Takes
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of
from server.web.sentences.messages import Message

MENDED_AT_ONCE: Final = 40
"""Faulty rows on one page; the next come when these are done."""
SHOWN: Final = 200
"""Good rows that the page lists; it says how many more there are."""
PASTE: Final = Bounds(field=2 * 1024 * 1024)
MEND: Final = Bounds(fields=MENDED_AT_ONCE * 8 + 8)
_MENDED: Final = tuple(Column)
PAGE: Final = f"{DECLARATION}/people/import"


async def form(request: Request) -> Response:
    access, towns = await read_page(request, can_manage_people, _read_towns)
    return _form_page(request, access, towns)


def _read_towns(db: Reader, access: Access, _: datetime) -> tuple[Access, list[Municipality]]:
    return access, read_municipalities(db)


def _form_page(
    request: Request, access: Access, towns: list[Municipality], status: int = 200, **typed: object
) -> Response:
    return render_framed(
        request,
        "people/invitations/import.html",
        access,
        status,
        towns=towns,
        part_labels=PART_LABELS,
        **{"pasted": "", "problem": None, **typed},
    )


async def bring(request: Request, given: Form) -> Response:
    """Pasted text or a file; what was pasted stays in the form when it cannot be read."""
    access, towns = await read_page(request, can_manage_people, _read_towns)
    pasted = given.typed("table", PASTE.field)
    try:
        data = pasted.encode() if pasted.strip() else await _file(given)
        await drafts.bring_table(
            services_of(request), actor=person_of(request), slug=slug_of(request), data=data
        )
    except Invalid as error:
        note_refusal(request, error)
        problem = problem_of(error)
        return _form_page(request, access, towns, problem.status, pasted=pasted, problem=problem.message)
    return RedirectResponse(declaration_path(request, "people/import/check"), 303)


async def _file(given: Form) -> bytes:
    upload: UploadFile | None = given.optional_upload("file")
    if upload is None:
        raise EmptyTable()
    return await upload.read(MAX_BYTES + 1)


async def pick(request: Request, given: Form) -> Response:
    """A row for each municipality that was picked: names and addresses are filled in on the next page."""
    _, towns = await read_page(request, can_manage_people, _read_towns)
    part, kinds = given.text("part"), {given.optional_text(f"kind-{kind}") for kind in _kinds(towns)}
    picked = [town for town in towns if town.kind.value in kinds or given.optional_text(f"town-{town.ags}")]
    cells = [
        dict.fromkeys(Column, "") | {Column.ROLE: part, Column.MUNICIPALITY: town.name} for town in picked
    ]
    await drafts.bring_rows(
        services_of(request), actor=person_of(request), slug=slug_of(request), cells=cells
    )
    return RedirectResponse(declaration_path(request, "people/import/check"), 303)


def _kinds(towns: list[Municipality]) -> list[str]:
    return list(dict.fromkeys(town.kind.value for town in towns))


async def check(request: Request) -> Response:
    preview = await drafts.look_through(services_of(request), actor=person_of(request), slug=slug_of(request))
    access, towns = await read_page(request, can_manage_people, _read_towns)
    if preview is None:
        return RedirectResponse(declaration_path(request, "people/import"), 303)
    return _check_page(request, access, towns, preview)


def _check_page(
    request: Request,
    access: Access,
    towns: list[Municipality],
    preview: Preview,
    status: int = 200,
    problem: Message | None = None,
) -> Response:
    names = {town.ags: town.name for town in towns}
    faulty = preview.faulty[:MENDED_AT_ONCE]
    return render_framed(
        request,
        "people/invitations/check.html",
        access,
        status,
        preview=preview,
        faulty=[(row, _typed(row, names)) for row in faulty],
        good=preview.good[:SHOWN],
        warned=[row for row in preview.good if row.warnings],
        towns=towns,
        names=names,
        parts=PART_LABELS,
        titles=TITLES,
        problem=problem,
    )


def _typed(row: JudgedRow, names: Mapping[str, str]) -> dict[str, str]:
    """What the form shows: as it was brought, but for a municipality that is probably meant."""
    cells = {column.value: text for column, text in row.row.cells.items()}
    cells["role"] = find_part(cells["role"]) or ""
    if row.guess:
        cells["municipality"] = names[row.guess]
    return cells


async def mend(request: Request, given: Form) -> Response:
    services, actor, slug = services_of(request), person_of(request), slug_of(request)
    lines = [int(line) for line in given.text("lines").split() if line.isdecimal()][:MENDED_AT_ONCE]
    all_out = given.optional_text("do") == "leave_out"
    left_out = frozenset(line for line in lines if all_out or given.optional_text(f"out-{line}"))
    mended = {} if all_out else {line: _cells(given, line) for line in lines}
    await drafts.mend_rows(
        services, actor=actor, slug=slug, stamp=given.text("stamp"), mended=mended, left_out=left_out
    )
    return RedirectResponse(declaration_path(request, "people/import/check"), 303)


def _cells(given: Form, line: int) -> dict[Column, str]:
    return {column: " ".join(given.typed(f"{column}-{line}").split()) for column in _MENDED}


async def take_over(request: Request, given: Form) -> Response:
    await importing.import_people(
        services_of(request), actor=person_of(request), slug=slug_of(request), stamp=given.text("stamp")
    )
    return RedirectResponse(declaration_path(request, "people/send"), 303)


async def drop(request: Request, _: Form) -> Response:
    await drafts.drop_table(services_of(request), actor=person_of(request), slug=slug_of(request))
    return RedirectResponse(declaration_path(request, "people/import"), 303)


ROUTES = [
    Route(PAGE, form),
    form_route(PAGE, bring, takes=Takes.UPLOAD, bounds=PASTE),
    form_route(f"{PAGE}/pick", pick, bounds=Bounds(fields=1_200)),
    Route(f"{PAGE}/check", check),
    form_route(f"{PAGE}/check", mend, bounds=MEND),
    form_route(f"{PAGE}/confirm", take_over),
    form_route(f"{PAGE}/drop", drop),
]
