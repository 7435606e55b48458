"""What the page of a municipality shows, in one declaration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from starlette.requests import Request

from server.domain.people.mandate_terms import HeldMandate, is_vacant
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.municipalities import Municipality, in_protocol_order
from server.domain.people.staffing import colleagues_to_give, kinds_to_give
from server.domain.permissions import (
    Access,
    can_follow_sign_offs,
    can_see_municipalities,
    can_see_own_municipality,
    own_municipalities,
)
from server.domain.sign_offs.statements import SignOff
from server.domain.terms.local_time import day_of
from server.storage.engine.types import Reader
from server.storage.people.mandates import find_town, read_held
from server.storage.people.participants import Participant, read_participants
from server.storage.sign_offs.sign_offs import read_sign_offs
from server.web.declarations.situations import read_page
from server.web.sentences.messages import N_


class Standing(StrEnum):
    """Whether somebody may sign with it now."""

    NOW = "now"
    LATER = "later"
    OVER = "over"


_MOMENT: Final = timedelta(microseconds=1)
STANDINGS: Final = {
    Standing.NOW: N_("in force"),
    Standing.LATER: N_("not begun yet"),
    Standing.OVER: N_("ended"),
}
MANDATE_LABELS: Final = {
    MandateKind.MAYOR: N_("Head of the municipality, or Amtsverweser"),
    MandateKind.DEPUTY: N_("Deputy"),
    MandateKind.JOINT: N_("Authorised employee, signs with a second one"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A mandate as the page shows it. `may`: it can be changed now, by this person."""

    mandate: Mandate
    name: str
    standing: Standing
    may: bool


@dataclass(frozen=True, slots=True)
class TownPage:
    """`answers` oldest first; None for who does not follow them. `gives`: the kinds of mandates, `invites`:
    the parts that this person gives here. `others`: their further municipalities."""

    access: Access
    town: Municipality
    people: Sequence[Participant]
    held: Sequence[HeldMandate]
    lines: Sequence[Line]
    vacant: bool
    answers: Sequence[SignOff] | None
    gives: Sequence[MandateKind]
    invites: Sequence[str]
    others: Sequence[Municipality]
    now: datetime

    def find(self, mandate_id: int) -> HeldMandate | None:
        return next((one for one in self.held if one.mandate.id == mandate_id), None)


def read_town(db: Reader, access: Access, now: datetime, ags: str) -> TownPage:
    """Raises NotFound for a municipality that is none, or that the person may not know here."""
    gives = kinds_to_give(access, ags)
    town, declaration_id = find_town(db, ags), access.declaration.id
    held = read_held(db, declaration_id, ags)
    people = [
        who
        for who in read_participants(db, declaration_id, now)
        if who.municipality is not None and who.municipality.ags == ags
    ]
    follows = can_follow_sign_offs(access)
    return TownPage(
        access,
        town,
        people,
        held,
        [_line(one, gives, now) for one in held],
        is_vacant((one.mandate for one in held), now),
        read_sign_offs(db, declaration_id, [ags]) if follows else None,
        gives,
        colleagues_to_give(access, ags),
        [own for own in in_protocol_order(own_municipalities(access)) if own.ags != ags],
        now,
    )


def _line(one: HeldMandate, gives: Sequence[MandateKind], now: datetime) -> Line:
    mandate = one.mandate
    standing = (
        Standing.NOW if mandate.holds(now) else Standing.LATER if now < mandate.since else Standing.OVER
    )
    return Line(mandate, one.name, standing, standing is not Standing.OVER and mandate.kind in gives)


def last_day(mandate: Mandate) -> str:
    """The last day on which it counts, in ISO 8601; empty without an end."""
    if mandate.until is None:
        return ""
    return day_of(max(mandate.since, mandate.until - _MOMENT)).isoformat()


async def load_town(request: Request) -> TownPage:
    """The one that the address names. Raises NotFound and what `read_page` raises."""
    ags = str(request.path_params["ags"])
    return await read_page(request, can_see_municipalities, lambda db, a, now: read_town(db, a, now, ags))


async def load_own(request: Request) -> TownPage:
    """Where the person drafts, else the first that they sign for."""

    def read(db: Reader, access: Access, now: datetime) -> TownPage:
        own = access.municipality or access.mandates[0].municipality
        return read_town(db, access, now, own.ags)

    return await read_page(request, can_see_own_municipality, read)
