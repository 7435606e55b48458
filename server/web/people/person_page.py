"""One person of a declaration: another role or none; an invitation again or taken back; one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people import participants as acts
from server.actions.people.invitations import sending
from server.domain.errors import NotFound
from server.domain.people.invitations.columns import Column
from server.domain.people.invitations.errors import FaultyPart
from server.domain.people.invitations.role_words import PART_LABELS, TITLES, part_of
from server.domain.people.municipalities import Municipality
from server.domain.people.roles import COORDINATORS
from server.domain.permissions import Access, can_manage_people
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_municipalities
from server.storage.people.participants import Participant, read_participants
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.proof.freshness import ensure_fresh, proven_at
from server.web.http.visits import person_of
from server.web.sentences.messages import Message

PEOPLE: Final = f"{DECLARATION}/people"
PERSON: Final = f"{PEOPLE}/{{person:int}}"
INVITATION: Final = f"{PEOPLE}/invitations/{{invitation:int}}"
_TYPED: Final = (Column.NAME, Column.EMAIL, Column.ROLE, Column.MUNICIPALITY, Column.TITLE, Column.SALUTATION)


@dataclass(frozen=True, slots=True)
class _Person:
    access: Access
    who: Participant
    lines: list[Participant]
    towns: list[Municipality]


async def _load(request: Request, name: str) -> _Person:
    """Found among those of this declaration and nowhere else."""
    number = int(request.path_params[name])

    def read(db: Reader, access: Access, now: datetime) -> _Person:
        lines = [
            line
            for line in read_participants(db, access.declaration.id, now)
            if number == (line.person_id if name == "person" else line.invitation_id)
        ]
        if not lines:
            raise NotFound(what=name)
        return _Person(access, lines[0], lines, read_municipalities(db))

    return await read_page(request, can_manage_people, read)


async def person(request: Request) -> Response:
    found = await _load(request, "person")
    return _person_page(request, found, _cells_of(found.who))


def _cells_of(who: Participant) -> dict[str, str]:
    return {
        "role": part_of(who.role, who.capacity),
        "municipality": who.municipality.name if who.municipality else "",
        "title": who.title,
    }


def _person_page(
    request: Request,
    found: _Person,
    typed: Mapping[str, str],
    status: int = 200,
    said: Mapping[str, Message] | None = None,
) -> Response:
    return render_framed(
        request,
        "people/person.html",
        found.access,
        status,
        who=found.who,
        lines=found.lines,
        towns=found.towns,
        parts=PART_LABELS,
        titles=TITLES,
        typed=typed,
        said=said or {},
    )


async def change(request: Request, form: Form) -> Response:
    found = await _load(request, "person")
    typed = {key: form.typed(key) for key in ("role", "municipality", "title")}
    try:
        await acts.change_part(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            person_id=int(request.path_params["person"]),
            part=typed["role"],
            ags=typed["municipality"],
            title=typed["title"],
            proven_at=proven_at(request),
        )
    except FaultyPart as error:
        return _person_page(request, found, typed, 422, said_of(error))
    return RedirectResponse(declaration_path(request, "people?changed=1"), 303)


def said_of(error: FaultyPart) -> dict[str, Message]:
    """What is wrong, by field."""
    return {
        problem.column.value: Message(problem.text, problem.facts) for problem in reversed(error.problems)
    }


async def confirm_removal(request: Request) -> Response:
    found = await _load(request, "person")
    if any(line.role in COORDINATORS for line in found.lines):
        ensure_fresh(request)
    return render_framed(request, "people/remove.html", found.access, who=found.who)


async def remove(request: Request, _: Form) -> Response:
    await acts.remove_person(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        person_id=int(request.path_params["person"]),
        proven_at=proven_at(request),
    )
    return RedirectResponse(declaration_path(request, "people?removed=1"), 303)


async def send_again(request: Request, _: Form) -> Response:
    await sending.send_again(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        invitation_id=int(request.path_params["invitation"]),
    )
    return RedirectResponse(declaration_path(request, "people?sent=1"), 303)


async def confirm_revocation(request: Request) -> Response:
    found = await _load(request, "invitation")
    return render_framed(request, "people/invitations/revoke.html", found.access, who=found.who)


async def revoke(request: Request, _: Form) -> Response:
    await acts.revoke_invitation(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        invitation_id=int(request.path_params["invitation"]),
    )
    return RedirectResponse(declaration_path(request, "people?revoked=1"), 303)


async def invite_form(request: Request) -> Response:
    access, towns = await read_page(request, can_manage_people, _read_towns)
    return _invite_page(request, access, towns, {column.value: "" for column in Column})


def _read_towns(db: Reader, access: Access, _: datetime) -> tuple[Access, list[Municipality]]:
    return access, read_municipalities(db)


def _invite_page(
    request: Request,
    access: Access,
    towns: list[Municipality],
    typed: Mapping[str, str],
    status: int = 200,
    said: Mapping[str, Message] | None = None,
) -> Response:
    return render_framed(
        request,
        "people/invitations/invite.html",
        access,
        status,
        towns=towns,
        parts=PART_LABELS,
        titles=TITLES,
        typed=typed,
        said=said or {},
    )


async def invite(request: Request, form: Form) -> Response:
    access, towns = await read_page(request, can_manage_people, _read_towns)
    cells = {column: " ".join(form.typed(column.value).split()) for column in _TYPED}
    cells[Column.SHARED] = "ja" if form.optional_text("shared") else ""
    try:
        await acts.invite_one(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            cells=cells,
            looked_at=form.typed("looked_at"),
        )
    except FaultyPart as error:
        typed = {column.value: text for column, text in cells.items()} | {"looked_at": error.doubtful}
        return _invite_page(request, access, towns, typed, 422, said_of(error))
    return RedirectResponse(declaration_path(request, "people?sent=1"), 303)


ROUTES = [
    Route(f"{PEOPLE}/invite", invite_form),
    form_route(f"{PEOPLE}/invite", invite),
    Route(PERSON, person),
    form_route(PERSON, change),
    Route(f"{PERSON}/remove", confirm_removal),
    form_route(f"{PERSON}/remove", remove),
    form_route(f"{INVITATION}/send", send_again),
    Route(f"{INVITATION}/revoke", confirm_revocation),
    form_route(f"{INVITATION}/revoke", revoke),
]
