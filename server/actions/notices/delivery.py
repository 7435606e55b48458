"""Sending the mail that waits. What cannot leave now is tried again; nothing is dropped.

Each mail is claimed before it is sent, so that of several processes one sends it. A process that is killed
between the two leaves a claim that expires. Killed between the mail server's yes and our note of it, the mail
leaves a second time, with the same Message-ID.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import timedelta
from typing import Final

from server.actions.notices.wording import load_calendar, word_mail
from server.actions.services import Services
from server.mail.transport import RefusedMail
from server.storage.notices import mails
from server.storage.notices.mails import WaitingMail

INTERVAL: Final = 60.0
"""Seconds after which a process looks again by itself: for what the mail server did not take, and for what
other processes left behind."""
CLAIM_TTL: Final = timedelta(minutes=5)
"""Longer than an exchange with a mail server that answers each step just before the timeout."""
LONGEST_DELAY: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = timedelta(days=5)
"""After a mail was written, if the server still refuses it (RFC 5321 section 4.5.4.1)."""

log = logging.getLogger(__name__)


async def deliver_forever(services: Services) -> None:
    """Runs beside the server until it is cancelled."""
    while True:
        services.mail_waiting.clear()
        await _try(services)
        try:
            await asyncio.wait_for(services.mail_waiting.wait(), INTERVAL)
        except TimeoutError:
            continue


async def _try(services: Services) -> None:
    """Whatever goes wrong, there is a next time."""
    try:
        await deliver_waiting(services)
    except Exception as error:
        log.error("the delivery of mail failed (%s); it is tried again", type(error).__name__)


async def deliver_waiting(services: Services) -> None:
    """Sends all that is due and that nobody else is sending. Ends early when the mail server is away."""
    async with services.database.write() as db:
        await mails.end_expired(db, services.now())
    while (mail := await _claim(services)) is not None:
        if not await _finish(_deliver(services, mail)):
            return


async def _claim(services: Services) -> WaitingMail | None:
    now = services.now()
    async with services.database.write() as db:
        return await mails.claim_mail(db, services.process, now, now + CLAIM_TTL)


async def _finish(work: Coroutine[None, None, bool]) -> bool:
    """Carries on to its end when the server stops meanwhile: a mail that has left is noted."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


async def _deliver(services: Services, mail: WaitingMail) -> bool:
    """False when the mail server does not answer: then there is no use in trying the next."""
    try:
        worded = word_mail(services, mail, await load_calendar(services, mail))
        await asyncio.to_thread(services.transport.send, worded)
    except RefusedMail as error:
        log.error("mail %d was refused (%s); it is tried again", mail.id, error)
        await _put_off(services, mail, str(error))
        return True
    except ValueError as error:
        log.error("mail %d cannot be worded (%s); it is tried again", mail.id, type(error).__name__)
        await _put_off(services, mail, "unknown notice")
        return True
    except OSError as error:
        log.error("mail %d did not leave (%s); it is tried again", mail.id, type(error).__name__)
        await _release(services, mail)
        return False
    async with services.database.write() as db:
        await mails.mark_sent(db, mail.id, services.now())
    return True


async def _release(services: Services, mail: WaitingMail) -> None:
    async with services.database.write() as db:
        await mails.release_mail(db, mail.id, services.process)


async def _put_off(services: Services, mail: WaitingMail, reason: str) -> None:
    """A minute after the first refusal, then twice as long each time, up to an hour; in the end for good."""
    delay, now = min(timedelta(minutes=2 ** min(mail.refusals, 10)), LONGEST_DELAY), services.now()
    async with services.database.write() as db:
        if now + delay > mail.created_at + GIVE_UP_AFTER:
            await mails.give_up_mail(db, mail.id, now, reason)
        else:
            await mails.put_off_mail(db, mail.id, services.process, now + delay, reason)
