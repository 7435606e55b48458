"""Asking to join on the public page, and the page that says what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.release.joining import Applicant, ask_to_join
from server.domain.addresses import is_email
from server.domain.declarations import Declaration, Phase
from server.domain.errors import InvalidInput, KraftaktError, NotFound, WrongPhase
from server.domain.people.municipalities import Municipality
from server.domain.release.accessions import SignedAlready
from server.storage.declarations.settings import read_register
from server.storage.engine.types import Reader
from server.storage.release.accessions import find_by_token
from server.storage.release.published import read_public
from server.web.http.addresses import slug_of
from server.web.http.context import network_of, services_of, web_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.release.public.serving import PUBLIC
from server.web.release.public.state import gather

JOIN: Final = f"{PUBLIC}/beitreten"
LONGEST: Final = 120
LONGEST_ADDRESS: Final = 254


async def join_form(request: Request) -> Response:
    return await _show(request)


async def join(request: Request, form: Form) -> Response:
    slug = slug_of(request)
    try:
        token = await ask_to_join(services_of(request), slug=slug, applicant=read_applicant(form))
    except (SignedAlready, InvalidInput) as error:
        return await _show(request, error, form)
    return RedirectResponse(f"/beitritt/{token}", 303)


async def request_status(request: Request) -> Response:
    """Who has the link sees how far it is, and nothing else."""
    token = str(request.path_params["token"])[:64]
    found = await services_of(request).database.ask(lambda db: find_by_token(db, token))
    if found is None:
        raise NotFound(what="accession")
    accession, slug = found
    return render(request, "release/public/join_status.html", accession=accession, slug=slug)


def read_applicant(form: Form) -> Applicant:
    """Raises InvalidInput."""
    email = form.text("email", LONGEST_ADDRESS)
    if not is_email(email):
        raise InvalidInput(field="email")
    name, title = (" ".join(form.text(each, LONGEST).split()) for each in ("name", "title"))
    return Applicant(form.text("municipality", 12), name, title, email)


def _limit(request: Request) -> None:
    web_of(request).limits.accession_by_network.take(network_of(request))


async def _show(request: Request, error: KraftaktError | None = None, form: Form | None = None) -> Response:
    services, slug = services_of(request), slug_of(request)
    now = services.now()
    declaration, towns = await services.database.ask(lambda db: _read(db, slug, now))
    problem = problem_of(error) if error else None
    return render(
        request,
        "release/public/join.html",
        problem.status if problem else 200,
        declaration=declaration,
        towns=towns,
        problem=problem,
        typed=form.everything() if form else {},
        base=PUBLIC.format(slug=slug),
    )


def _read(db: Reader, slug: str, now: datetime) -> tuple[Declaration, list[Municipality]]:
    """Those of the register that have not signed."""
    page = gather(db, read_public(db, slug, now), now)
    if page.withdrawal:
        raise WrongPhase(phase=Phase.WITHDRAWN.value)
    return page.declaration, [town for town in read_register(db) if town.ags not in page.by_key]


ROUTES = [
    Route(JOIN, join_form),
    form_route(JOIN, join, limit=_limit),
    Route("/beitritt/{token}", request_status),
]
