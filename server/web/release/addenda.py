"""For the coordination and the press office: errata to what is published, and its withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.release import amending
from server.actions.release.amending import Wanted
from server.domain import permissions
from server.domain.errors import Invalid, InvalidInput, KraftaktError, Refused
from server.domain.permissions import Access
from server.domain.release.addenda import (
    MAX_CORRECTIONS,
    MAX_PASSAGE,
    MAX_REASON,
    AddendumKind,
)
from server.storage.engine.types import Reader
from server.storage.release.addenda import AddendumHead, WaitingDraft, read_addenda, read_waiting
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import proven_at
from server.web.http.visits import person_of
from server.web.sentences.messages import N_, Message

ADDENDA: Final = f"{DECLARATION}/addenda"
ROWS: Final = range(1, MAX_CORRECTIONS + 1)


@dataclass(frozen=True, slots=True)
class Shown:
    access: Access
    waiting: WaitingDraft | None
    sealed: Sequence[AddendumHead]

    @property
    def heading(self) -> Message:
        """How things stand."""
        if self.sealed:
            return Message(N_("Errata are published."))
        return Message(N_("Nothing has been corrected."))

    @property
    def is_own(self) -> bool:
        waiting = self.waiting
        return (
            waiting is not None and self.access.declaration.four_eyes and waiting.by == self.access.person.id
        )


def read_shown(db: Reader, access: Access, _now: datetime) -> Shown:
    declaration_id = access.declaration.id
    return Shown(access, read_waiting(db, declaration_id), read_addenda(db, declaration_id))


async def addenda_page(request: Request) -> Response:
    return await _show(request)


async def propose(request: Request, form: Form) -> Response:
    try:
        wanted = _read_wanted(form)
        is_sealed = await amending.propose_addendum(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            proven_at=proven_at(request),
            wanted=wanted,
        )
    except (Invalid, Refused) as error:
        return await _show(request, error, form)
    return _back(request, wanted.kind if is_sealed else AddendumKind.ERRATUM)


async def confirm(request: Request, form: Form) -> Response:
    try:
        kind = await amending.confirm_addendum(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            proven_at=proven_at(request),
            draft_id=form.number("draft"),
        )
    except Refused as error:
        return await _show(request, error)
    return _back(request, kind)


async def discard(request: Request, form: Form) -> Response:
    await amending.discard_addendum(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        draft_id=form.number("draft"),
    )
    return _back(request)


def _read_wanted(form: Form) -> Wanted:
    """Raises InvalidInput: a passage has both its sides."""
    name = form.text("kind", 20)
    kind = next((each for each in AddendumKind if each == name), None)
    if kind is None:
        raise InvalidInput(field="kind")
    pairs = []
    for row in ROWS if kind is AddendumKind.ERRATUM else ():
        wrong, right = (
            " ".join(form.optional_text(f"{side}_{row}", MAX_PASSAGE).split()) for side in ("wrong", "right")
        )
        if bool(wrong) is not bool(right) or (wrong and wrong == right):
            raise InvalidInput(field=f"right_{row}")
        if wrong:
            pairs.append((wrong, right))
    return Wanted(kind, form.text("reason", MAX_REASON), pairs)


def _back(request: Request, kind: AddendumKind = AddendumKind.ERRATUM) -> Response:
    """`kind` of what was sealed: after a withdrawal there is nothing more to be corrected."""
    page = "release" if kind is AddendumKind.WITHDRAWAL else "addenda"
    return RedirectResponse(declaration_path(request, page), 303)


async def _show(request: Request, error: KraftaktError | None = None, form: Form | None = None) -> Response:
    shown = await read_page(request, permissions.can_confirm_addendum, read_shown)
    problem = problem_of(error) if error else None
    declaration = shown.access.declaration
    return render_framed(
        request,
        "release/addenda.html",
        shown.access,
        problem.status if problem else 200,
        shown=shown,
        declaration=declaration,
        problem=problem,
        typed=form.everything() if form else {},
        rows=ROWS,
        longest=MAX_REASON,
        longest_passage=MAX_PASSAGE,
        may_amend=permissions.can_amend(shown.access) and shown.waiting is None,
        may_confirm=permissions.can_confirm_addendum(shown.access),
        public_address=f"{services_of(request).base_url}/e/{declaration.slug}",
    )


ROUTES = [
    Route(ADDENDA, addenda_page),
    form_route(f"{ADDENDA}/propose", propose),
    form_route(f"{ADDENDA}/confirm", confirm),
    form_route(f"{ADDENDA}/discard", discard),
]
