"""The second person: the entry beside its scan, confirmed or discarded."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.sign_offs.paper.settling import confirm_paper, discard_paper
from server.domain.errors import NotFound
from server.domain.permissions import Access, can_see_papers
from server.domain.sign_offs.papers import Scan, ScanType
from server.storage.engine.types import Reader
from server.storage.sign_offs.papers import read_scan
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.files import file_route
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.sign_offs.paper.reading import Entry, read_entry

PAGE: Final = f"{DECLARATION}/paper/{{record}}"
_ENDINGS: Final = {ScanType.PDF: "pdf", ScanType.PNG: "png", ScanType.JPEG: "jpg"}


async def entry_page(request: Request) -> Response:
    record_id = _record_of(request)

    def read(db: Reader, access: Access, _now: object) -> tuple[Access, Entry]:
        return access, read_entry(db, access, record_id)

    access, entry = await read_page(request, can_see_papers, read)
    return render_framed(request, "sign_offs/paper/entry.html", access, entry=entry)


async def scan(request: Request) -> Response:
    """For saving, never as a page of ours; a picture may stand in one."""
    record_id = _record_of(request)

    def read(db: Reader, access: Access, _now: object) -> Scan | None:
        read_entry(db, access, record_id)
        return read_scan(db, record_id)

    found = await read_page(request, can_see_papers, read)
    if found is None:
        raise NotFound(what="scan")
    name = f"{slug_of(request)}-{record_id}.{_ENDINGS[found.type]}"
    return Response(
        found.data,
        media_type=found.type.value,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-store",
        },
    )


async def confirm(request: Request, _form: Form) -> Response:
    await confirm_paper(
        services_of(request), actor=person_of(request), slug=slug_of(request), record_id=_record_of(request)
    )
    return _back(request)


async def discard(request: Request, _form: Form) -> Response:
    await discard_paper(
        services_of(request), actor=person_of(request), slug=slug_of(request), record_id=_record_of(request)
    )
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(declaration_path(request, f"paper/{_record_of(request)}"), 303)


def _record_of(request: Request) -> int:
    """Raises NotFound."""
    record = str(request.path_params["record"])
    if not record.isdecimal() or len(record) > 9:
        raise NotFound(what="paper")
    return int(record)


ROUTES = [
    Route(PAGE, entry_page),
    file_route(f"{PAGE}/scan", scan),
    form_route(f"{PAGE}/confirm", confirm),
    form_route(f"{PAGE}/discard", discard),
]
