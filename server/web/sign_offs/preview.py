"""The brief as the mayor reads it, for the mayor's own office: to prepare it, never to answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.sign_offs.office_notes import leave_note
from server.domain.people.mandates import Mandate
from server.domain.people.municipalities import Municipality
from server.domain.permissions import Access, can_leave_note, can_preview_sign_off
from server.domain.sign_offs.answers import UnprintableWords, WordsTooLong
from server.domain.sign_offs.office_notes import MAX_NOTE, NoteChanged, OfficeNote
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_holders
from server.storage.sign_offs.office_notes import read_note
from server.storage.sign_offs.sign_offs import read_sign_offs
from server.storage.text.revisions import read_heads
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import Problem, problem_of
from server.web.http.forms import Form, form_route
from server.web.http.refusals import note_refusal
from server.web.http.visits import person_of
from server.web.sign_offs.answering import Answering
from server.web.sign_offs.brief import ToSign, brief_of, read_to_answer
from server.web.sign_offs.replies import read_words

FIELDS: Final = ("words", "questions")


@dataclass(frozen=True, slots=True)
class Preview:
    """`brief`: None while nothing is fixed, or while nobody may sign for the municipality. `note`: the
    present one, also where it was emptied."""

    access: Access
    town: Municipality
    brief: ToSign | None
    note: OfficeNote | None


async def preview(request: Request) -> Response:
    return _show(request, await read_page(request, can_preview_sign_off, read_preview))


async def save(request: Request, form: Form) -> Response:
    """What does not fit is reported beside its field; what was typed stays."""
    try:
        words, questions = (read_words(form, name, MAX_NOTE) for name in FIELDS)
        await leave_note(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            words=words.strip(),
            questions=questions.strip(),
            seen=form.number("seen"),
        )
    except (WordsTooLong, UnprintableWords, NoteChanged) as error:
        note_refusal(request, error)
        page = await read_page(request, can_leave_note, read_preview)
        typed = {name: form.typed(name, 20_000) for name in FIELDS}
        return _show(request, page, typed, problem_of(error))
    return RedirectResponse(declaration_path(request, "sign/preview?saved#prepare"), 303)


def read_preview(db: Reader, access: Access, now: datetime) -> Preview:
    town, declaration = access.municipality, access.declaration
    if town is None:
        raise LookupError("who prepares an answer takes part for a municipality")
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    holder = _first_to_sign(db, access, town, now)
    note = read_note(db, declaration.id, town.ags)
    if holder is None or not heads:
        return Preview(access, town, None, note)
    mandate, name = holder
    answering = Answering(access, heads, (mandate,), read_sign_offs(db, declaration.id, {town.ags}))
    return Preview(access, town, read_to_answer(db, answering, mandate, heads[0], name, now), note)


def _first_to_sign(
    db: Reader, access: Access, town: Municipality, now: datetime
) -> tuple[Mandate, str] | None:
    """The mayor; while the office is vacant, whoever signs in their place."""
    held = read_holders(db, access.declaration.id, now)
    return next((one for one in held if one[0].municipality.ags == town.ags), None)


def _show(
    request: Request, page: Preview, typed: Mapping[str, str] | None = None, problem: Problem | None = None
) -> Response:
    """`typed`: what came back with a `problem`."""
    note = page.note
    stored = {"words": note.words, "questions": note.questions} if note else {}
    return render_framed(
        request,
        "sign_offs/preview.html",
        page.access,
        problem.status if problem else 200,
        town=page.town,
        **(brief_of(request, page.brief) if page.brief else {"mandate": None}),
        present=note,
        may_write=can_leave_note(page.access),
        typed=stored if typed is None else typed,
        problem=problem,
        saved="saved" in request.query_params,
        most=MAX_NOTE,
    )


ROUTES = [
    Route(f"{DECLARATION}/sign/preview", preview),
    form_route(f"{DECLARATION}/sign/preview", save),
]
