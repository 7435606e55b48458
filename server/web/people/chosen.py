"""Several rows of the page of people at once: asked first with names and number, then done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.actions.notices.reminding import CHOSEN, Draft
from server.actions.people.invitations import selection
from server.domain.errors import InvalidInput
from server.domain.people.invitations.invitation import Stage
from server.domain.permissions import Access, can_manage_people
from server.storage.engine.types import Reader
from server.storage.people.participants import Participant, read_participants
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.bodies.bodies import Bounds
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.notices.reminding import reminders_page

PAGE: Final = f"{DECLARATION}/people/chosen"
MANY: Final = Bounds(body=256 * 1024, fields=5_100)
"""A box for each of as many people as a table may bring."""
BOX: Final = "row-"
"""Begins the name of a row's box; then "i" and the invitation's id, or "p" and the person's."""


@dataclass(frozen=True, slots=True)
class _Chosen:
    """`concerned`: those of the chosen whose invitation is open."""

    access: Access
    lines: list[Participant]
    concerned: list[Participant]


def key_of(who: Participant) -> str:
    return f"i{who.invitation_id}" if who.invitation_id else f"p{who.person_id}"


async def look(request: Request, form: Form) -> Response:
    """What would happen, by name and number."""
    keys = form.chosen(BOX)

    def read(db: Reader, access: Access, now: datetime) -> _Chosen:
        lines = [w for w in read_participants(db, access.declaration.id, now) if key_of(w) in keys]
        return _Chosen(access, lines, [w for w in lines if _is_open(w)])

    found = await read_page(request, can_manage_people, read)
    act = form.text("do", 10)
    if act not in ("send", "revoke", "remind"):
        raise InvalidInput(field="do")
    if not found.lines:
        return RedirectResponse(declaration_path(request, "people?none=1"), 303)
    if act == "remind":
        people = frozenset(who.person_id for who in found.lines if who.person_id)
        return await reminders_page(Draft(CHOSEN, "", chosen=people), request)
    return render_framed(
        request,
        "people/chosen.html",
        found.access,
        act=act,
        concerned=found.concerned,
        others=[who for who in found.lines if who not in found.concerned],
        box=BOX,
        key_of=key_of,
    )


def _is_open(who: Participant) -> bool:
    return who.invitation_id is not None and who.stage is not Stage.ACCEPTED


async def send(request: Request, form: Form) -> Response:
    count = await selection.send_chosen(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        chosen=_invitations(form.chosen(BOX)),
    )
    return RedirectResponse(declaration_path(request, f"people?sent={count}"), 303)


async def revoke(request: Request, form: Form) -> Response:
    count = await selection.revoke_chosen(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        chosen=_invitations(form.chosen(BOX)),
    )
    return RedirectResponse(declaration_path(request, f"people?revoked={count}"), 303)


def _invitations(keys: Iterable[str]) -> Collection[int]:
    ids = [key[1:] for key in keys if key.startswith("i")]
    return [int(text) for text in ids if text.isascii() and text.isdecimal() and len(text) < 16]


ROUTES = [
    form_route(PAGE, look, bounds=MANY),
    form_route(f"{PAGE}/send", send, bounds=MANY),
    form_route(f"{PAGE}/revoke", revoke, bounds=MANY),
]
