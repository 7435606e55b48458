"""Sending the mail that waits. What cannot leave now is tried again; nothing is dropped."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from server.actions.services import Services
from server.storage import mails

RETRY: Final = 60.0
"""Seconds between two attempts when the mail server does not answer."""

log = logging.getLogger(__name__)


async def deliver_forever(services: Services) -> None:
    """Runs beside the server until it is cancelled."""
    while True:
        services.mail_waiting.clear()
        delivered = await deliver_waiting(services)
        timeout = None if delivered else RETRY
        try:
            await asyncio.wait_for(services.mail_waiting.wait(), timeout)
        except TimeoutError:
            continue


async def deliver_waiting(services: Services) -> bool:
    """Sends everything that waits. False when the mail server failed; the rest stays."""
    while True:
        async with services.database.read() as db:
            waiting = await mails.list_waiting(db)
        if not waiting:
            return True
        for mail in waiting:
            try:
                await asyncio.to_thread(services.transport.send, mail.recipient, mail.subject, mail.body)
            except OSError as error:
                log.error(
                    "mail %d did not leave (%s); it stays and is tried again", mail.id, type(error).__name__
                )
                return False
            async with services.database.write() as db:
                await mails.mark_sent(db, mail.id, services.now())
