"""When the public page opens: what holds, and the steps that two people take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.release import deciding
from server.domain import permissions
from server.domain.errors import Invalid, InvalidInput, KraftaktError, Refused
from server.domain.permissions import Access
from server.domain.release.archive import MessageKind
from server.domain.release.gate import is_public
from server.domain.release.steps import Proposal, Step
from server.storage.engine.types import Reader
from server.storage.release.hours import read_proposal
from server.web.declarations.framing import render_framed
from server.web.declarations.moments import moment_fields, read_moment
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import proven_at
from server.web.http.visits import person_of
from server.web.sentences.messages import N_, Message

HOUR: Final = f"{DECLARATION}/release"


@dataclass(frozen=True, slots=True)
class Hour:
    access: Access
    proposal: Proposal | None
    now: datetime

    @property
    def heading(self) -> Message:
        """How things stand."""
        declaration = self.access.declaration
        if declaration.retracted_at is not None:
            return Message(N_("The declaration is withdrawn."))
        if is_public(declaration, self.now):
            return Message(N_("The declaration is published."))
        if declaration.confidential:
            return Message(N_("The document is locked as confidential."))
        if declaration.release_at is None:
            return Message(N_("No hour is set for the publication."))
        return Message(N_("Public from %(at)s"), {"at": declaration.release_at})

    @property
    def is_closed(self) -> bool:
        return not is_public(self.access.declaration, self.now)

    @property
    def is_own(self) -> bool:
        return self.proposal is not None and self.proposal.by == self.access.person.id


async def hour(request: Request) -> Response:
    return await _show(request)


async def propose(request: Request, form: Form) -> Response:
    try:
        step = Step.named(form.text("step", 20))
        if step is None:
            raise InvalidInput(field="step")
        await deciding.propose_step(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            proven_at=proven_at(request),
            step=step,
            hour=read_moment(form, "at") if step is Step.MOVE else None,
        )
    except Invalid as error:
        return await _show(request, error, form)
    return _back(request)


async def confirm(request: Request, form: Form) -> Response:
    try:
        await deciding.confirm_step(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            proven_at=proven_at(request),
            proposal_id=form.number("proposal"),
        )
    except Refused as error:
        return await _show(request, error)
    return _back(request)


async def discard(request: Request, form: Form) -> Response:
    await deciding.discard_step(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        proposal_id=form.number("proposal"),
    )
    return _back(request)


async def lock(request: Request, _: Form) -> Response:
    await deciding.lock_release(services_of(request), actor=person_of(request), slug=slug_of(request))
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(declaration_path(request, "release"), 303)


async def _show(request: Request, error: KraftaktError | None = None, form: Form | None = None) -> Response:
    def read(db: Reader, access: Access, now: datetime) -> Hour:
        return Hour(access, read_proposal(db, access.declaration.id), now)

    shown = await read_page(request, permissions.can_see_release, read)
    declaration = shown.access.declaration
    problem = problem_of(error) if error else None
    return render_framed(
        request,
        "release/hour.html",
        shown.access,
        problem.status if problem else 200,
        shown=shown,
        declaration=declaration,
        problem=problem,
        fields=form.everything() if form else moment_fields("at", declaration.release_at),
        may_plan=permissions.can_plan_release(shown.access) and shown.is_closed,
        may_confirm=permissions.can_confirm_release(shown.access) and shown.is_closed,
        may_archive=permissions.can_hand_to_archive(shown.access),
        messages=tuple(MessageKind),
        public_address=f"{services_of(request).base_url}/e/{declaration.slug}",
    )


ROUTES = [
    Route(HOUR, hour),
    form_route(f"{HOUR}/propose", propose),
    form_route(f"{HOUR}/confirm", confirm),
    form_route(f"{HOUR}/discard", discard),
    form_route(f"{HOUR}/lock", lock),
]
