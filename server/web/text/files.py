"""The text as a file: taken along, and brought back or in; what is brought is looked through first."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.text import importing
from server.actions.text.comments.bringing import read_threads
from server.actions.text.importing import Preview, Way
from server.documents.word.writing import FileFormat, write_file
from server.domain.errors import Invalid, InvalidInput, NotFound
from server.domain.permissions import Access, can_export_text, can_import_text
from server.domain.text.files.manuscript import LossKind, Manuscript, count_losses
from server.domain.text.files.naming import name_authors
from server.domain.text.files.preparing import count_proposals
from server.domain.text.files.remarks import remarks_of, with_remarks_on_proposals
from server.storage.engine.types import Reader
from server.storage.people.persons import read_staff_names
from server.storage.text.update_log import read_log
from server.sync.projection import read_text
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.files import file_route
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of, visit_of
from server.web.sentences.messages import N_, Message

PAGE: Final = f"{DECLARATION}/text/files"
COORDINATION: Final = N_("Coordination")
LOSSES: Final[Mapping[LossKind, str]] = {
    LossKind.TABLE: N_("Tables"),
    LossKind.PICTURE: N_("Pictures and drawings"),
    LossKind.TEXT_BOX: N_("Text boxes"),
    LossKind.FOOTNOTE: N_("Footnotes and endnotes"),
    LossKind.HEADER: N_("Headers and footers"),
    LossKind.FORMULA: N_("Formulas"),
    LossKind.CONTENTS: N_("Tables of contents"),
    LossKind.FORMAT_CHANGE: N_("Tracked formatting: the new formatting is taken over"),
    LossKind.HEADING_NUMBER: N_("Numbers of headings"),
    LossKind.LINK: N_("Links that are no web or mail addresses: their words are taken over"),
    LossKind.SYMBOL: N_("Characters of symbol fonts"),
    LossKind.REMARK: N_("Comments on something that is not taken over"),
    LossKind.OTHER: N_("Hidden or embedded content"),
}
SHOWN: Final = 5
"""Of each kind of loss."""


@dataclass(frozen=True, slots=True)
class ShownLoss:
    label: str
    count: int
    words: list[str]


async def files(request: Request) -> Response:
    access = await read_page(request, can_export_text, lambda _, access, __: access)
    return _page(request, access)


def _page(request: Request, access: Access, status: int = 200, problem: Message | None = None) -> Response:
    return render_framed(
        request,
        "text/files/files.html",
        access,
        status,
        may_import=can_import_text(access),
        problem=problem,
        done=request.query_params.get("done", ""),
    )


async def export(request: Request) -> Response:
    try:
        file_format = FileFormat(request.path_params["format"])
    except ValueError as error:
        raise NotFound(what="format") from error
    say = web_of(request).pages.say(visit_of(request).language, Message(COORDINATION))

    def read(db: Reader, access: Access, now: datetime) -> tuple[Access, Manuscript, datetime]:
        text_id = access.declaration.text_id
        threads = read_threads(db, text_id)
        blocks = with_remarks_on_proposals(read_text(read_log(db, text_id).updates), threads)
        named = name_authors(blocks, read_staff_names(db, access.declaration.id), say)
        return access, Manuscript(named, remarks_of(threads, say)), now

    access, manuscript, now = await read_page(request, can_export_text, read)
    declaration = access.declaration
    data = await asyncio.to_thread(write_file, manuscript, declaration.title, file_format)
    name = f"{declaration.slug}-{now:%Y-%m-%d}.{file_format.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, media_type=file_format.media_type, headers=headers)


async def bring(request: Request, form: Form) -> Response:
    access = await read_page(request, can_import_text, lambda _, access, __: access)
    try:
        upload = form.upload("file", may_be_empty=True)
        await importing.bring_file(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            file=upload.file,
            name=upload.filename or "",
        )
    except InvalidInput:
        return _page(request, access, 422, Message(N_("Please choose a file first.")))
    except Invalid as error:
        problem = problem_of(error)
        return _page(request, access, problem.status, problem.message)
    return RedirectResponse(declaration_path(request, "text/files/check"), 303)


async def check(request: Request) -> Response:
    preview = await importing.look_through(
        services_of(request), actor=person_of(request), slug=slug_of(request)
    )
    if preview is None:
        return RedirectResponse(declaration_path(request, "text/files"), 303)
    access = await read_page(request, can_import_text, lambda _, access, __: access)
    return render_framed(request, "text/files/check.html", access, 200, **_shown(preview))


def _shown(preview: Preview) -> dict[str, object]:
    manuscript = preview.brought.manuscript
    proposals = count_proposals(manuscript)
    return {
        "brought": preview.brought,
        "is_empty": preview.is_empty,
        "untracked": preview.untracked,
        "blocks": len(manuscript.blocks),
        "letters": sum(len(run.text) for block in manuscript.blocks for run in block.runs),
        "proposals": proposals,
        "all_proposals": sum(proposals.values()),
        "most": max(proposals.values(), default=1),
        "remarks": manuscript.remarks,
        "losses": [
            ShownLoss(LOSSES[kind], len(words), [each for each in words if each][:SHOWN])
            for kind, words in count_losses(manuscript.losses).items()
        ],
    }


async def take_over(request: Request, form: Form) -> Response:
    await read_page(request, can_import_text, lambda _, access, __: access)
    try:
        way = Way(form.text("way", 20))
    except ValueError as error:
        raise InvalidInput(field="way") from error
    changed = await importing.take_over(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        stamp=form.text("stamp", 40),
        way=way,
    )
    done = way.value if changed else "nothing"
    return RedirectResponse(declaration_path(request, f"text/files?done={done}"), 303)


async def drop(request: Request, _: Form) -> Response:
    await importing.drop_import(services_of(request), actor=person_of(request), slug=slug_of(request))
    return RedirectResponse(declaration_path(request, "text/files"), 303)


ROUTES = [
    Route(PAGE, files),
    form_route(PAGE, bring, takes=Takes.UPLOAD),
    file_route(f"{PAGE}/text.{{format}}", export),
    Route(f"{PAGE}/check", check),
    form_route(f"{PAGE}/take-over", take_over),
    form_route(f"{PAGE}/drop", drop),
]
