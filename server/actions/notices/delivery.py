"""Sending the mail that waits. What cannot leave now is tried again; nothing is dropped."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from server.actions.services import Services
from server.mail.transport import RefusedMail
from server.storage.notices import mails
from server.storage.notices.mails import WaitingMail

RETRY: Final = 60.0
"""Seconds between two attempts when the mail server does not answer."""

log = logging.getLogger(__name__)


async def deliver_forever(services: Services) -> None:
    """Runs beside the server until it is cancelled."""
    while True:
        services.mail_waiting.clear()
        timeout = None if await _try(services) else RETRY
        try:
            await asyncio.wait_for(services.mail_waiting.wait(), timeout)
        except TimeoutError:
            continue


async def _try(services: Services) -> bool:
    """Whatever goes wrong, there is a next time."""
    try:
        return await deliver_waiting(services)
    except Exception as error:
        log.error("the delivery of mail failed (%s); it is tried again", type(error).__name__)
        return False


async def deliver_waiting(services: Services) -> bool:
    """Sends everything that waits. False when something stays: a mail that the mail server refuses, or
    everything from the one on at which the mail server failed."""
    last, complete = 0, True
    while waiting := await _waiting(services, last):
        for mail in waiting:
            try:
                await _deliver(services, mail)
            except RefusedMail as error:
                log.error("mail %d was refused (%s); it is tried again", mail.id, error)
                complete = False
            except OSError as error:
                log.error("mail %d did not leave (%s); it is tried again", mail.id, type(error).__name__)
                return False
        last = waiting[-1].id
    return complete


async def _waiting(services: Services, last: int) -> list[WaitingMail]:
    async with services.database.read() as db:
        return await mails.list_waiting(db, after=last)


async def _deliver(services: Services, mail: WaitingMail) -> None:
    """Raises OSError."""
    await asyncio.to_thread(services.transport.send, mail.recipient, mail.subject, mail.body)
    async with services.database.write() as db:
        await mails.mark_sent(db, mail.id, services.now())
