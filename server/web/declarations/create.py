"""A new declaration: title, issuer, times, and what its text begins with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.declarations.create import (
    EarlierText,
    EmptyText,
    NewDeclaration,
    Origin,
    StarterText,
    create_declaration,
)
from server.domain.errors import InvalidInput, KraftaktError, NotAllowed, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_copy_text
from server.domain.person_rights import may_create_declarations
from server.domain.text.errors import UnprintableText
from server.storage.declarations.access import read_accesses
from server.storage.engine.types import Reader
from server.web.declarations.moments import HOUR, read_moment
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.pages.rendering import render
from server.web.http.visits import person_of

ADDRESS: Final = "/declarations/new"
LONGEST_TITLE: Final = 300
FIELDS: Final = (
    "title",
    "issuer",
    "deadline",
    f"deadline{HOUR}",
    "embargo",
    f"embargo{HOUR}",
    "origin",
    "earlier",
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A declaration whose text another can begin with."""

    slug: str
    title: str


async def new_form(request: Request) -> Response:
    return await _form(request, dict.fromkeys(FIELDS, ""), None)


async def _form(request: Request, typed: dict[str, str], error: KraftaktError | None) -> Response:
    person, services = person_of(request), services_of(request)
    if not may_create_declarations(person):
        raise NotAllowed()
    now = services.now()
    earlier = await services.database.ask(lambda db: read_earlier(db, person, now))
    problem = problem_of(error) if error else None
    shown = {
        "typed": typed,
        "earlier": earlier,
        "problem": problem,
        "field": error.facts.get("field") if error else None,
    }
    return render(request, "declarations/new.html", problem.status if problem else 200, **shown)


def read_earlier(db: Reader, person: Person, now: datetime) -> list[Earlier]:
    """Those that the person coordinates, newest first."""
    mine = (access for access in read_accesses(db, person, now) if can_copy_text(access))
    return [Earlier(access.declaration.slug, access.declaration.title) for access in mine]


async def create(request: Request, form: Form) -> Response:
    person = person_of(request)
    if not may_create_declarations(person):
        raise NotAllowed()
    try:
        new = read_new(form)
        slug = await create_declaration(services_of(request), actor=person, new=new)
    except (InvalidInput, UnprintableText, NotFound) as error:
        return await _form(request, {name: form.typed(name) for name in FIELDS}, error)
    is_to_come = form.typed("origin") == "file"
    return RedirectResponse(f"/declarations/{slug}{'/text/files' if is_to_come else ''}", 303)


def read_new(form: Form) -> NewDeclaration:
    """Raises InvalidInput that names the field."""
    return NewDeclaration(
        title=" ".join(form.text("title", LONGEST_TITLE).split()),
        issuer=" ".join(form.text("issuer", LONGEST_TITLE).split()),
        deadline=_moment(form, "deadline"),
        embargo=_moment(form, "embargo"),
        origin=_origin(form),
    )


def _moment(form: Form, name: str) -> datetime | None:
    try:
        return read_moment(form, name)
    except InvalidInput as error:
        raise type(error)(**{"field": name, **error.facts}) from error


def _origin(form: Form) -> Origin:
    match form.text("origin", 20):
        case "starter":
            return StarterText()
        case "earlier":
            return EarlierText(form.text("earlier", 80))
        case "empty" | "file":
            return EmptyText()
        case _:
            raise InvalidInput(field="origin")


ROUTES = [Route(ADDRESS, new_form), form_route(ADDRESS, create)]
