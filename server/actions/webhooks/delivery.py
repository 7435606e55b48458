"""Sending the messages that wait. Each is claimed before it is sent, so that of several processes one sends
it, and tried again with growing distance until it is taken or given up."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Final

from server.actions.act import Act
from server.actions.services import Services
from server.actions.webhooks.client import Answered
from server.domain.audit import Tag
from server.domain.people.roles import Role
from server.domain.webhooks.signing import PATIENCE, headers_of, next_attempt, secret_of
from server.mail.notices.declarations import WebhookDisabled
from server.storage.declarations import declarations
from server.storage.notices import recipients
from server.storage.release import webhooks
from server.storage.release.webhooks import WaitingDelivery, Webhook

INTERVAL: Final = 5.0
"""Seconds after which a process looks again by itself."""
CLAIM_TTL: Final = timedelta(minutes=2)
"""Longer than an exchange may take."""
TOGETHER: Final = 4
"""Messages that one process sends at the same time: a slow receiver must not hold up all others."""

log = logging.getLogger(__name__)


async def deliver_webhooks_forever(services: Services) -> None:
    """Runs beside the server until it is cancelled. It goes on looking while it waits for slow receivers."""
    working: set[asyncio.Task[None]] = set()
    async with asyncio.TaskGroup() as group:
        while True:
            working = {task for task in working if not task.done()}
            if len(working) < TOGETHER and await _is_due(services):
                working |= {group.create_task(_work(services)) for _ in range(TOGETHER - len(working))}
            await asyncio.sleep(INTERVAL)


async def _is_due(services: Services) -> bool:
    try:
        return await services.database.ask(lambda db: webhooks.read_is_due(db, services.now()))
    except Exception as error:  # it must outlive an hour without database
        log.error("cannot look for webhooks to send (%s); it is tried again", type(error).__name__)
        return False


async def _work(services: Services) -> None:
    try:
        await deliver_due(services)
    except Exception as error:
        log.error("webhooks were not sent (%s); it is tried again", type(error).__name__)


async def deliver_due(services: Services) -> int:
    """All that are due and that nobody else is sending; how many were tried."""
    count = 0
    while (waiting := await _claim(services)) is not None:
        await _deliver(services, waiting)
        count += 1
    return count


async def _claim(services: Services) -> WaitingDelivery | None:
    now = services.now()
    async with services.database.write() as db:
        return await webhooks.claim_delivery(db, services.process, now, now + CLAIM_TTL)


async def _deliver(services: Services, waiting: WaitingDelivery) -> None:
    webhook, now = waiting.webhook, services.now()
    secret = secret_of(services.secret, webhook.salt)
    headers = headers_of(secret, waiting.message, now, waiting.body)
    answered = await services.webhook_client.send(webhook.address, headers, waiting.body)
    if answered.is_success:
        async with services.database.write() as db:
            await webhooks.note_attempt(db, waiting, answered.status, "", now, None)
            await webhooks.note_success(db, webhook.id)
        return
    log.info("webhook %d: attempt %d in vain", webhook.id, waiting.attempts + 1)
    await _note_failure(services, waiting, answered, now)


async def _note_failure(
    services: Services, waiting: WaitingDelivery, answered: Answered, now: datetime
) -> None:
    async with services.database.write() as db:
        again = None if answered.is_gone else next_attempt(waiting.attempts + 1, now)
        await webhooks.note_attempt(db, waiting, answered.status, answered.failure, now, again)
        since = await webhooks.note_failure(db, waiting.webhook.id, now)
    if answered.is_gone or now - since >= PATIENCE:
        await _disable(services, waiting.webhook)


async def _disable(services: Services, webhook: Webhook) -> None:
    """Once, whichever process is first; the coordination is told."""
    async with services.database.read() as db:
        slug = (await declarations.load_by_id(db, webhook.declaration_id)).slug
    async with services.service_act(slug) as act:
        if not await webhooks.disable_webhook(act.db, webhook.id, act.now):
            act.record_nothing()
            return
        act.declaration_id = webhook.declaration_id
        act.record(Tag.WEBHOOK_DISABLE, {"webhook": webhook.id})
        await _tell(services, act, webhook, slug)


async def _tell(services: Services, act: Act, webhook: Webhook, slug: str) -> None:
    declaration = await declarations.load_declaration(act.db, slug)
    link = f"{services.base_url}/declarations/{slug}/webhooks"
    for person in await recipients.list_in_roles(act.db, declaration.id, [Role.COORDINATOR]):
        await act.notify(person, WebhookDisabled(person.name, declaration.title, webhook.address, link))
