"""Recording an answer on paper: whose it is, what it says, its scan."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.sign_offs.paper.recording import record_paper
from server.actions.sign_offs.request import SignOffRequest
from server.domain.errors import KraftaktError, Refused
from server.domain.permissions import can_record_papers, can_see_papers
from server.domain.sign_offs.errors import StaleRevision
from server.domain.sign_offs.papers import MAX_SCAN, MEGABYTES, ScanMissing
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.errors import Problem, problem_of
from server.web.http.forms import Form, form_route
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of
from server.web.sign_offs.choices import choices, wording
from server.web.sign_offs.forms import read_note, read_replaces
from server.web.sign_offs.paper.reading import PaperForm, read_form, read_list
from server.web.sign_offs.replies import MAX_WORDS, read_reply, typed_in

PAGE = f"{DECLARATION}/paper"


async def list_page(request: Request) -> Response:
    chosen = request.query_params.get("mandate", "")
    if chosen.isdecimal() and len(chosen) < 10:
        return _show_form(request, await _read_form(request, int(chosen)))
    page = await read_page(request, can_see_papers, read_list)
    return render_framed(
        request, "sign_offs/paper/list.html", page.access, entries=page.entries, holders=page.holders
    )


async def _read_form(request: Request, mandate_id: int) -> PaperForm:
    return await read_page(
        request, can_record_papers, lambda db, access, now: read_form(db, access, now, mandate_id)
    )


def _show_form(
    request: Request, page: PaperForm, typed: Mapping[str, str] | None = None, problem: Problem | None = None
) -> Response:
    return render_framed(
        request,
        "sign_offs/paper/form.html",
        page.access,
        problem.status if problem else 200,
        mandate=page.mandate,
        holder=page.holder,
        revision=page.revision,
        newest=page.newest,
        choices=choices(request, page.access, page.revision, page.mandate),
        typed=typed or {},
        problem=problem,
        max_words=MAX_WORDS,
        megabytes=MEGABYTES,
    )


async def record(request: Request, form: Form) -> Response:
    """What is refused is said beside its field, and what was typed is kept; browsers do not keep the file."""
    page = await _read_form(request, form.number("mandate"))
    try:
        record_id = await _record(request, form, page)
    except Refused as error:
        return await _form_again(request, form, error)
    return RedirectResponse(declaration_path(request, f"paper/{record_id}"), 303)


async def _record(request: Request, form: Form, page: PaperForm) -> int:
    services = services_of(request)
    if form.text("digest", 64) != page.revision.digest:
        raise StaleRevision()
    reply = read_reply(form, services.now())
    words = wording(request, page.access.declaration, page.revision, page.mandate, reply.answer)
    upload = form.optional_upload("scan")
    if upload is None:
        raise ScanMissing(field="scan")
    return await record_paper(
        services,
        actor=person_of(request),
        slug=slug_of(request),
        request=SignOffRequest(
            page.revision.digest,
            page.mandate.id,
            words,
            reply,
            read_replaces(form),
            read_note(form, reply.answer),
        ),
        decided_on=form.optional_text("day", 10),
        scan=await upload.read(MAX_SCAN + 1),
    )


async def _form_again(request: Request, form: Form, error: KraftaktError) -> Response:
    note_refusal(request, error)
    page = await _read_form(request, form.number("mandate"))
    typed = typed_in(form) | {"day": form.typed("day")}
    return _show_form(request, page, typed, problem_of(error))


ROUTES = [Route(PAGE, list_page), form_route(PAGE, record, Takes.UPLOAD)]
