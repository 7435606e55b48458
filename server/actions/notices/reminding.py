"""The coordination reminds those whose municipality has not answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.declarations import Declaration
from server.domain.errors import InvalidInput
from server.domain.people.municipalities import Municipality
from server.domain.people.persons import Person
from server.domain.permissions import Access, can_remind
from server.domain.sign_offs.standing import by_municipality, counting_acts
from server.mail.messages import Message
from server.mail.notices.sign_offs import PleaseSign, Reminder
from server.storage.declarations.access import access_declaration
from server.storage.engine.types import Reader
from server.storage.notices import mails, reminders
from server.storage.notices.reminders import SentReminder
from server.storage.people.municipalities import read_holders
from server.storage.sign_offs.open_answers import list_open
from server.storage.sign_offs.sign_offs import read_answers
from server.storage.text import revisions
from server.storage.text.revisions import read_heads

NO_ANSWER: Final = "no_answer"
NEVER_SIGNED_IN: Final = "never_signed_in"
CHOSEN: Final = "chosen"
"""Beside these an audience is the official key of one municipality."""
QUIET: Final = timedelta(hours=24)
"""For so long nobody is reminded again without a confirmation."""
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Reach:
    """`people` get it now; `recent` were reminded within a day and get it only where that is confirmed;
    `unwilling` have chosen not to be reminded and never get it."""

    people: tuple[Person, ...]
    recent: tuple[Person, ...]
    unwilling: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """`again`: those who were reminded within a day get it too. `chosen`: the people whom the audience CHOSEN
    means; none of them is reminded who has answered."""

    audience: str
    text: str
    again: bool = False
    chosen: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Overview:
    """`waiting`: how many have not answered, `strangers`: how many of them have never signed in."""

    declaration: Declaration
    municipalities: tuple[Municipality, ...]
    waiting: int
    strangers: int
    sent: list[SentReminder]


@dataclass(frozen=True, slots=True)
class Preview:
    reach: Reach
    example: Message | None


def read_overview(db: Reader, access: Access, now: datetime) -> Overview:
    """In one snapshot, without reading any text or evidence."""
    declaration = access.declaration
    heads = read_heads(db, [declaration.text_id])[declaration.text_id]
    current = {head.id for head in heads if head.digest == heads[0].digest}
    acts = by_municipality(read_answers(db, current)) if current else {}
    answered = {ags for ags, given in acts.items() if counting_acts(given)}
    holders = read_holders(db, declaration.id, now) if current else []
    waiting = [mandate for mandate, _ in holders if mandate.municipality.ags not in answered]
    people = {mandate.person_id for mandate in waiting}
    return Overview(
        declaration,
        tuple(dict.fromkeys(mandate.municipality for mandate in waiting)),
        len(people),
        len(people - reminders.read_signed_in(db, people)),
        reminders.read_reminders(db, declaration.id),
    )


async def preview(services: Services, *, actor: Person, slug: str, draft: Draft) -> Preview:
    """Whom it reaches now, and the first one's mail as it will arrive. Raises InvalidInput."""
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_remind, services.now())
        reach = await _reach(db, access.declaration, draft, services.now())
    if not reach.people:
        return Preview(reach, None)
    link = f"{services.base_url}/declarations/{slug}/sign"
    notice = _notice(reach.people[0], access.declaration, draft, actor, link)
    return Preview(reach, services.messages.render(notice, reach.people[0].language))


async def remind(
    services: Services, *, actor: Person, slug: str, draft: Draft, expected: int
) -> Reach | None:
    """Looks again who is to be reminded. None, and nothing sent, where they are not as many as `expected`:
    somebody has answered meanwhile. All mails wait in one transaction."""
    async with services.act(actor=actor, slug=slug, may=can_remind, lock=True) as act:
        declaration = act.access.declaration
        reach = await _reach(act.db, declaration, draft, act.now)
        if len(reach.people) != expected or not reach.people:
            act.record_nothing()
            return None
        for person in reach.people:
            asked = await mails.find_key(act.db, person.id, declaration.id, PleaseSign.__name__)
            notice = _notice(person, declaration, draft, actor, act.address("sign"))
            await act.notify(person, notice, reply_to=asked)
        await reminders.append_reminder(
            act.db,
            declaration_id=declaration.id,
            sender=actor.id,
            audience=draft.audience,
            text=draft.text,
            recipients=[person.id for person in reach.people],
            now=act.now,
        )
        facts = {"recipients": len(reach.people), "text_sha256": digest(draft.text.encode())}
        act.record(Tag.REMINDER_SEND, facts)
    return reach


def _notice(person: Person, declaration: Declaration, draft: Draft, actor: Person, link: str) -> Reminder:
    return Reminder(person.name, declaration.title, draft.text, actor.name, link)


async def _list_open(
    db: AsyncSession, declaration: Declaration, now: datetime
) -> list[tuple[Municipality, Person]]:
    revision = await revisions.find_current(db, declaration.text_id)
    if revision is None:
        return []
    asked = await list_open(db, declaration.id, revision.digest, now)
    return [(mandate.municipality, person) for mandate, person in asked]


async def _reach(db: AsyncSession, declaration: Declaration, draft: Draft, now: datetime) -> Reach:
    asked = await _list_open(db, declaration, now)
    everybody = {person.id: person for town, person in asked if _is_meant(draft.audience, town)}
    known = await db.run_sync(reminders.read_signed_in, everybody)
    if draft.audience == NEVER_SIGNED_IN:
        everybody = {key: person for key, person in everybody.items() if key not in known}
    if draft.audience == CHOSEN:
        everybody = {key: person for key, person in everybody.items() if key in draft.chosen}
    unwilling = await db.run_sync(reminders.read_unwilling, everybody)
    recent = await db.run_sync(reminders.read_reminded, declaration.id, now - QUIET) - unwilling
    left_out = unwilling if draft.again else unwilling | recent
    return Reach(
        tuple(person for key, person in everybody.items() if key not in left_out),
        tuple(person for key, person in everybody.items() if key in recent),
        tuple(person for key, person in everybody.items() if key in unwilling),
    )


def _is_meant(audience: str, town: Municipality) -> bool:
    """Raises InvalidInput."""
    if audience in (NO_ANSWER, NEVER_SIGNED_IN, CHOSEN):
        return True
    if not audience.isdecimal():
        raise InvalidInput(field="audience")
    return town.ags == audience
