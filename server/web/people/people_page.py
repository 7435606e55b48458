"""„Beteiligte“: everybody who takes part or is asked in, and how far that has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.people.invitations.columns import plain
from server.domain.people.invitations.invitation import Stage
from server.domain.people.invitations.role_words import PART_LABELS, part_of
from server.domain.people.municipalities import MunicipalityKind, din_5007_key
from server.domain.people.roles import Role
from server.domain.permissions import Access, can_manage_people, can_remind, can_see_people
from server.storage.engine.types import Reader
from server.storage.people.participants import Participant, read_participants
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.people.chosen import BOX, key_of
from server.web.sentences.messages import N_
from server.web.sentences.words import KINDS

UNANSWERED_AFTER: Final = timedelta(days=3)
"""An invitation that has had no answer for so long is something to look after."""
STAGES: Final = tuple(Stage)


@dataclass(frozen=True, slots=True)
class Line:
    """A row as the page shows it. `reached`: how many of the four marks of the stage are filled."""

    who: Participant
    part: str
    reached: int
    is_unclear: bool


@dataclass(frozen=True, slots=True)
class Filter:
    key: str
    label: str
    holds: Callable[[Line], bool]


def _has(*roles: Role) -> Callable[[Line], bool]:
    return lambda line: line.who.role in roles


FILTERS: Final = (
    Filter("all", N_("All"), lambda _: True),
    Filter("unclear", N_("To be settled"), lambda line: line.is_unclear),
    Filter("listed", N_("Not invited yet"), lambda line: line.who.stage is Stage.LISTED),
    Filter("signatories", N_("Signatories"), _has(Role.SIGNATORY)),
    Filter("writers", N_("Writers"), _has(Role.EDITOR, Role.SUGGESTER)),
    Filter("coordination", N_("Coordination"), _has(Role.COORDINATOR)),
    Filter("press", N_("Press"), _has(Role.PRESS)),
    Filter("observers", N_("Observers"), _has(Role.OBSERVER)),
)


async def people(request: Request) -> Response:
    access, lines = await read_page(request, can_see_people, _read)
    chosen = next((f for f in FILTERS if f.key == request.query_params.get("show")), FILTERS[0])
    query = request.query_params.get("q", "")[:100]
    shown = [line for line in lines if chosen.holds(line) and _matches(line, query)]
    return render_framed(
        request,
        "people/people.html",
        access,
        groups=_groups(shown),
        counts=_counts(lines),
        filters=[(f, count) for f in FILTERS if (count := sum(map(f.holds, lines))) or f is chosen],
        chosen=chosen,
        query=query,
        shown=len(shown),
        may_manage=can_manage_people(access),
        may_remind=can_remind(access),
        box=BOX,
        key_of=key_of,
        done=_done(request.query_params),
    )


def _read(db: Reader, access: Access, now: datetime) -> tuple[Access, list[Line]]:
    return access, [_line(who, now) for who in read_participants(db, access.declaration.id, now)]


def _line(who: Participant, now: datetime) -> Line:
    waits = who.stage not in (Stage.ACCEPTED, Stage.LISTED) and who.invited_at is not None
    return Line(
        who,
        PART_LABELS[part_of(who.role, who.capacity)],
        STAGES.index(who.stage),
        who.is_undelivered
        or (waits and who.invited_at is not None and now - who.invited_at >= UNANSWERED_AFTER),
    )


def _matches(line: Line, query: str) -> bool:
    town = line.who.municipality.name if line.who.municipality else ""
    return plain(query) in plain(f"{line.who.name} {line.who.email} {town}")


def _counts(lines: Sequence[Line]) -> Mapping[str, int]:
    towns = {line.who.municipality.ags for line in lines if line.who.municipality}
    return {
        "people": len({(line.who.person_id, line.who.email) for line in lines}),
        "towns": len(towns),
        "accepted": len({line.who.email for line in lines if line.who.stage is Stage.ACCEPTED}),
        "listed": len({line.who.email for line in lines if line.who.stage is Stage.LISTED}),
        "unclear": sum(line.is_unclear for line in lines),
    }


def _groups(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """What needs somebody first; then who belongs to no municipality; then the municipalities in the
    document's order."""
    unclear = [line for line in lines if line.is_unclear]
    rest = [line for line in lines if not line.is_unclear]
    groups = [(N_("To be settled"), unclear), (N_("Coordination, press, observers"), _of(None, rest))]
    groups += [(KINDS[kind], _of(kind, rest)) for kind in MunicipalityKind]
    return [(label, members) for label, members in groups if members]


def _of(kind: MunicipalityKind | None, lines: Sequence[Line]) -> list[Line]:
    members = [
        line for line in lines if (line.who.municipality.kind if line.who.municipality else None) is kind
    ]
    return sorted(members, key=_place)


def _place(line: Line) -> tuple[str, int]:
    town = line.who.municipality
    return (din_5007_key(town.name) if town else "", list(Role).index(line.who.role))


def _done(query: Mapping[str, str]) -> tuple[str, int]:
    """What has just happened, and to how many."""
    for key in ("sent", "removed", "changed", "revoked", "none"):
        value = query.get(key, "")
        if value.isdecimal() and len(value) < 6:
            return key, int(value)
    return "", 0


ROUTES = [Route(f"{DECLARATION}/people", people)]
