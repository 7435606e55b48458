"""Mail that came back is noted beside its person: by hand, or from the mailbox that gets it."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_see_mails
from server.mail.bounces import Bounce, fetch_bounces
from server.storage.notices import mail_states

INTERVAL: Final = 300.0
BY_HAND: Final = "by hand"

log = logging.getLogger(__name__)


async def mark_returned(services: Services, *, actor: Person, slug: str, mail_id: int) -> None:
    """Raises NotFound for a mail that has not left, is not this declaration's or is marked already."""
    async with services.act(actor=actor, slug=slug, may=can_see_mails) as act:
        person = await mail_states.mark_returned(act.db, mail_id, act.access.declaration.id, act.now, BY_HAND)
        if person is None:
            raise NotFound(what="mail")
        act.record(Tag.MAIL_RETURN, {"person": person})


async def note_bounce(services: Services, bounce: Bounce) -> None:
    """Of a mail that is not ours, or is noted already, nothing."""
    async with services.account_act() as act:
        await mail_states.note_bounce(act.db, bounce.key, act.now, bounce.status)
        act.record_nothing()


async def watch_returned_forever(services: Services) -> None:
    """Runs beside the server where the settings name a mailbox. Two processes that read it say the same."""
    while services.returned_mail:
        try:
            for bounce in await asyncio.to_thread(lambda: list(fetch_bounces(services.returned_mail))):
                await note_bounce(services, bounce)
        except Exception as error:
            log.error("the mailbox of returned mail cannot be read (%s)", type(error).__name__)
        await asyncio.sleep(INTERVAL)
