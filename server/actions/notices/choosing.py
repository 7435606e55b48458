"""What people want to be sent: chosen on a page, or stopped from a mail without signing in."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.actions.services import Services
from server.domain.errors import NotFound
from server.domain.notices.kinds import NoticeKind, Pace, Stop, chosen_pace, stopped
from server.domain.people.persons import Person
from server.storage.notices import choices
from server.storage.people import persons

LONGEST_TOKEN: Final = 100


@dataclass(frozen=True, slots=True)
class Choices:
    """`paces`: what a person gets, for every kind."""

    person: Person
    paces: Mapping[NoticeKind, Pace]


async def load_choices(services: Services, person: Person) -> Choices:
    async with services.database.read() as db:
        made = await choices.load_choices(db, person.id)
    return Choices(person, {kind: chosen_pace(kind, made) for kind in NoticeKind})


async def choose(services: Services, person: Person, paces: Mapping[NoticeKind, Pace]) -> None:
    """What a kind does not offer is left out: calls to sign always come."""
    offered = {kind: pace for kind, pace in paces.items() if pace in kind.facts.paces}
    wanted = {kind: pace for kind, pace in offered.items() if not kind.facts.always_comes}
    async with services.account_act(person) as act:
        await choices.store_choices(act.db, person.id, wanted)
        act.record_nothing()


async def stop(services: Services, token: str) -> None:
    """With one press, from the mail itself (RFC 8058). Raises NotFound."""
    person, what = await open_token(services, token)
    async with services.account_act(person) as act:
        made = await choices.load_choices(act.db, person.id)
        await choices.store_choices(act.db, person.id, stopped(what, made))
        act.record_nothing()


def make_token(services: Services, person_id: int, what: Stop) -> str:
    """Opens the choices of one person, for good and without signing in. Nothing else can be done with it."""
    named = f"{person_id}.{what.value}"
    return f"{named}.{_sign(services, named)}"


async def open_token(services: Services, token: str) -> tuple[Person, Stop]:
    """Raises NotFound."""
    named, _, signature = token[:LONGEST_TOKEN].rpartition(".")
    if not hmac.compare_digest(_sign(services, named).encode(), signature.encode(errors="replace")):
        raise NotFound(what="choices")
    person_id, _, what = named.partition(".")
    async with services.database.read() as db:
        return await persons.load_person(db, int(person_id)), Stop(what)


def _sign(services: Services, named: str) -> str:
    mac = hmac.new(services.secret, b"kraftakt notices:" + named.encode(errors="replace"), hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")
