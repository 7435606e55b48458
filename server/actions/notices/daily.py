"""What leaves in the morning: daily mails, and announcements of a deadline.

Each is written in one transaction with the note that it was: what was gathered is deleted, a step is marked
as announced. So of two processes one writes it, and what a killed one has not finished is there again.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import Final

from server.actions.act import Act
from server.actions.notices.councils import remind_of_councils
from server.actions.record.retention import apply_retention
from server.actions.services import Services
from server.domain.declarations import Declaration, Phase
from server.domain.notices.mornings import DAYS_AHEAD, days_until, due_step, last_morning
from server.domain.people.persons import Person
from server.mail.notices.letters import Digest
from server.mail.notices.notice import Notice
from server.mail.notices.sign_offs import DeadlineNear, PleaseSign
from server.mail.stored import read_notice
from server.storage.declarations import declarations
from server.storage.notices import choices, deadlines, mails
from server.storage.notices.choices import DigestItem
from server.storage.sign_offs.open_answers import list_open
from server.storage.text import revisions

INTERVAL: Final = 60.0
"""Seconds between two looks at the clock."""
MOST_LINES: Final = 100
"""In one daily mail."""

log = logging.getLogger(__name__)


async def work_daily_forever(services: Services) -> None:
    """Runs beside the server until it is cancelled. What was missed while no server ran is made up for."""
    while True:
        for work in (send_digests, announce_deadlines, remind_of_councils, apply_retention):
            try:
                await work(services)
            except Exception as error:  # there is a next time
                log.error("%s failed (%s); it is tried again", work.__name__, type(error).__name__)
        await asyncio.sleep(INTERVAL)


async def send_digests(services: Services) -> None:
    """One mail for each person for whom something has waited since before this morning."""
    before = last_morning(services.now())
    async with services.database.read() as db:
        people = await choices.list_with_items(db, before)
    for person in people:
        async with services.account_act() as act:
            taken = await choices.take_items(act.db, person.id, before)
            if items := _readable(taken):
                await act.notify(person, _digest(person, items, services.base_url))
            act.record_nothing()


def _digest(person: Person, items: list[Notice], link: str) -> Digest:
    return Digest(person.name, tuple(items[:MOST_LINES]), max(0, len(items) - MOST_LINES), link)


def _readable(items: list[DigestItem]) -> list[Notice]:
    """Without those of another release."""
    found: list[Notice] = []
    for item in items:
        try:
            found.append(read_notice(item.notice, item.payload))
        except ValueError:
            log.error("a notice %s for a daily mail cannot be read", item.notice)
    return found


async def announce_deadlines(services: Services) -> None:
    """To everybody whose municipality has not answered, seven, three and one day ahead and on the morning."""
    now = services.now()
    async with services.database.read() as db:
        ahead = await deadlines.list_ahead(db, now, now + timedelta(days=max(DAYS_AHEAD) + 1))
    for declaration in ahead:
        async with services.service_act(declaration.slug) as act:
            await _announce(act, declaration)
            act.record_nothing()


async def _announce(act: Act, seen: Declaration) -> None:
    """Looks again under the declaration's lock. Who has been asked to sign since the step came is not asked
    again at once."""
    declaration = await declarations.lock(act.db, seen.id)
    act.declaration_id, deadline = declaration.id, declaration.deadline
    step = due_step(deadline, act.now) if deadline else None
    revision = await revisions.find_current(act.db, declaration.text_id)
    if deadline is None or step is None or revision is None or declaration.phase is not Phase.SIGNING:
        return
    asked_at = await deadlines.signing_since(act.db, declaration.slug)
    if asked_at is not None and asked_at >= step.at:
        return
    if not await deadlines.note_announced(act.db, declaration.id, deadline, step.days):
        return
    for mandate, person in await list_open(act.db, declaration.id, revision.digest, act.now):
        notice = DeadlineNear(
            name=person.name,
            municipality=mandate.municipality.name,
            declaration=declaration.title,
            deadline=deadline.isoformat(),
            days=days_until(deadline, act.now),
            link=act.address("sign"),
        )
        asked = await mails.find_key(act.db, person.id, declaration.id, PleaseSign.__name__)
        await act.notify(person, notice, reply_to=asked)
