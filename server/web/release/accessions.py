"""For the coordination: who asks to join, inviting somebody, sealing the annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.release import annexes, joining
from server.domain.errors import InvalidInput, KraftaktError
from server.domain.people.municipalities import Municipality
from server.domain.permissions import Access, can_admit
from server.domain.release.accessions import AccessionRequest, AccessionState, NobodyJoins, SignedAlready
from server.domain.sign_offs.statements import GivenAnswer
from server.storage.declarations.settings import read_register
from server.storage.engine.types import Reader
from server.storage.release.accessions import read_requests
from server.storage.sign_offs.sign_offs import read_answers
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import proven_at
from server.web.http.visits import person_of
from server.web.release.public.joining import read_applicant
from server.web.release.public.state import Published, gather

ACCESSIONS: Final = f"{DECLARATION}/accessions"


@dataclass(frozen=True, slots=True)
class Joining:
    """`signed`: who waits for the annex."""

    access: Access
    page: Published
    requests: Sequence[AccessionRequest]
    signed: Sequence[GivenAnswer]
    free: Sequence[Municipality]


def read_joining(db: Reader, access: Access, now: datetime) -> Joining:
    page, requests = gather(db, access.declaration, now), read_requests(db, access.declaration.id)
    invited = {each.ags for each in requests if each.state is AccessionState.INVITED}
    answers = [
        given
        for given in read_answers(db, [page.revision.id])
        if given.ags in invited and not given.withdrawn and given.at > page.final.sealed_at
    ]
    newest = {given.ags: given for given in answers}
    busy = {each.ags for each in requests if each.state is not AccessionState.REFUSED}
    free = [t for t in read_register(db) if t.ags not in page.by_key and t.ags not in busy]
    return Joining(access, page, requests, list(newest.values()), free)


async def joining_page(request: Request) -> Response:
    return await _show(request)


async def invite(request: Request, form: Form) -> Response:
    try:
        await joining.invite_to_join(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            applicant=read_applicant(form),
        )
    except (SignedAlready, InvalidInput) as error:
        return await _show(request, error, form)
    return _back(request)


async def admit(request: Request, _: Form) -> Response:
    try:
        await joining.admit(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            accession_id=int(request.path_params["accession"]),
        )
    except InvalidInput as error:
        return await _show(request, error)
    return _back(request)


async def refuse(request: Request, _: Form) -> Response:
    await joining.refuse(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        accession_id=int(request.path_params["accession"]),
    )
    return _back(request)


async def seal_annex(request: Request, _: Form) -> Response:
    try:
        await annexes.seal_annex(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            proven_at=proven_at(request),
        )
    except NobodyJoins as error:
        return await _show(request, error)
    return _back(request)


def _back(request: Request) -> Response:
    return RedirectResponse(declaration_path(request, "accessions"), 303)


async def _show(request: Request, error: KraftaktError | None = None, form: Form | None = None) -> Response:
    shown = await read_page(request, can_admit, read_joining)
    problem = problem_of(error) if error else None
    return render_framed(
        request,
        "release/accessions.html",
        shown.access,
        problem.status if problem else 200,
        shown=shown,
        page=shown.page,
        problem=problem,
        typed=form.everything() if form else {},
    )


ROUTES = [
    Route(ACCESSIONS, joining_page),
    form_route(ACCESSIONS, invite),
    form_route(f"{ACCESSIONS}/{{accession:int}}/admit", admit),
    form_route(f"{ACCESSIONS}/{{accession:int}}/refuse", refuse),
    form_route(f"{ACCESSIONS}/seal", seal_annex),
]
