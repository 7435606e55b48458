"""Making, removing and testing webhooks. A new one is asked once before it is stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.canonical import digest
from server.domain.errors import NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_see_settings
from server.domain.webhooks.addresses import MAX_WEBHOOKS, TooManyWebhooks, WebhookRedirects
from server.domain.webhooks.events import EventKind, body_of
from server.domain.webhooks.signing import headers_of, secret_of
from server.storage.declarations.access import access_declaration
from server.storage.release import webhooks
from server.storage.release.webhooks import Webhook


@dataclass(frozen=True, slots=True)
class Made:
    """`secret` is shown this once."""

    address: str
    secret: str


async def add_webhook(services: Services, *, actor: Person, slug: str, address: str) -> Made:
    """Raises BadWebhookAddress, BadWebhookPort, PrivateWebhookAddress, WebhookRedirects, TooManyWebhooks;
    nothing is stored then. A receiver that does not answer yet is no reason to refuse it."""
    async with services.database.read() as db:
        access = await access_declaration(db, actor, slug, can_see_settings, services.now())
    await services.webhook_client.ensure_reachable(address)
    salt, now = secrets.token_hex(16), services.now()
    secret = secret_of(services.secret, salt)
    body = body_of(EventKind.TEST, access.declaration, services.base_url, now)
    message = f"msg_{secrets.token_hex(16)}"
    answered = await services.webhook_client.send(address, headers_of(secret, message, now, body), body)
    if answered.is_redirect:
        raise WebhookRedirects()
    async with services.act(actor=actor, slug=slug, may=can_see_settings, lock=True) as act:
        declaration_id = act.access.declaration.id
        if len(await act.db.run_sync(webhooks.read_webhooks, declaration_id)) >= MAX_WEBHOOKS:
            raise TooManyWebhooks()
        webhook_id = await webhooks.append_webhook(act.db, declaration_id, address, salt, actor.id, act.now)
        act.record(Tag.WEBHOOK_ADD, {"webhook": webhook_id, "address_sha256": digest(address.encode())})
    return Made(address, secret)


async def remove_webhook(services: Services, *, actor: Person, slug: str, webhook_id: int) -> None:
    async with services.act(actor=actor, slug=slug, may=can_see_settings, lock=True) as act:
        webhook = await _load(act, webhook_id)
        await webhooks.end_webhook(act.db, webhook.id, act.now)
        act.record(Tag.WEBHOOK_REMOVE, {"webhook": webhook.id})


async def enable_webhook(services: Services, *, actor: Person, slug: str, webhook_id: int) -> None:
    """After it was switched off for failing."""
    async with services.act(actor=actor, slug=slug, may=can_see_settings, lock=True) as act:
        webhook = await _load(act, webhook_id)
        if webhook.disabled_at is None:
            act.record_nothing()
            return
        await webhooks.enable_webhook(act.db, webhook.id)
        act.record(Tag.WEBHOOK_ENABLE, {"webhook": webhook.id})


async def send_test(services: Services, *, actor: Person, slug: str, webhook_id: int) -> None:
    async with services.act(actor=actor, slug=slug, may=can_see_settings) as act:
        webhook = await _load(act, webhook_id)
        body = body_of(EventKind.TEST, act.access.declaration, services.base_url, act.now)
        await webhooks.append_messages(act.db, [webhook], EventKind.TEST, body, act.now)
        act.record_nothing()


async def send_again(
    services: Services, *, actor: Person, slug: str, webhook_id: int, delivery_id: int
) -> None:
    """The same message with the same id. Raises NotFound for one that waits anyway."""
    async with services.act(actor=actor, slug=slug, may=can_see_settings) as act:
        webhook = await _load(act, webhook_id)
        if not await webhooks.send_again(act.db, webhook.id, delivery_id, act.now):
            raise NotFound(what="delivery")
        act.record_nothing()


async def _load(act: DeclarationAct, webhook_id: int) -> Webhook:
    webhook = await webhooks.find_webhook(act.db, act.access.declaration.id, webhook_id)
    if webhook is None:
        raise NotFound(what="webhook")
    return webhook
