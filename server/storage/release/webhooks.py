"""Webhooks and the messages to them. Who sends one claims it first, so that it leaves once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, bindparam, exists, func, not_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.domain.webhooks.events import EventKind
from server.storage.engine.types import Reader
from server.storage.notices.claims import claim_first
from server.storage.tables.notices import DeliveryRow, WebhookRow

SHOWN: Final = 50
"""Deliveries of a webhook that its page lists."""
_HOOKS: Final = (
    select(
        WebhookRow.id,
        WebhookRow.declaration_id,
        WebhookRow.address,
        WebhookRow.salt,
        WebhookRow.created_at,
        WebhookRow.failing_since,
        WebhookRow.disabled_at,
    )
    .where(WebhookRow.declaration_id == bindparam("declaration"), WebhookRow.ended_at.is_(None))
    .order_by(WebhookRow.id)
)
_SENT: Final = (
    select(
        DeliveryRow.id,
        DeliveryRow.webhook_id,
        DeliveryRow.kind,
        DeliveryRow.created_at,
        DeliveryRow.attempts,
        DeliveryRow.attempted_at,
        DeliveryRow.due_at,
        DeliveryRow.status,
        DeliveryRow.failure,
        DeliveryRow.ended_at,
    )
    .where(DeliveryRow.webhook_id == bindparam("webhook"))
    .order_by(DeliveryRow.id.desc())
    .limit(SHOWN)
)


@dataclass(frozen=True, slots=True)
class Webhook:
    id: int
    declaration_id: int
    address: str
    salt: str
    created_at: datetime
    failing_since: datetime | None
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """`status`: of the newest answer, 0 without one; `failure`: why there was none, or what was wrong."""

    id: int
    kind: str
    created_at: datetime
    attempts: int
    attempted_at: datetime | None
    due_at: datetime
    status: int
    failure: str
    ended_at: datetime | None

    @property
    def is_delivered(self) -> bool:
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class WaitingDelivery:
    """Claimed. `attempts` made before this one."""

    id: int
    message: str
    body: bytes
    attempts: int
    webhook: Webhook


def read_webhooks(db: Reader, declaration_id: int) -> list[Webhook]:
    return [_to_webhook(row) for row in db.execute(_HOOKS, {"declaration": declaration_id})]


def read_deliveries(db: Reader, webhook_id: int) -> list[Delivery]:
    """Newest first."""
    return [_to_delivery(row) for row in db.execute(_SENT, {"webhook": webhook_id})]


def _to_webhook(row: WebhookRow | Row[*tuple[Any, ...]]) -> Webhook:
    return Webhook(
        row.id,
        row.declaration_id,
        row.address,
        row.salt,
        row.created_at,
        row.failing_since,
        row.disabled_at,
    )


def _to_delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    return Delivery(
        row.id,
        row.kind,
        row.created_at,
        row.attempts,
        row.attempted_at,
        row.due_at,
        row.status,
        row.failure,
        row.ended_at,
    )


async def find_webhook(db: AsyncSession, declaration_id: int, webhook_id: int) -> Webhook | None:
    row = await db.scalar(
        select(WebhookRow).where(
            WebhookRow.id == webhook_id,
            WebhookRow.declaration_id == declaration_id,
            WebhookRow.ended_at.is_(None),
        )
    )
    return _to_webhook(row) if row else None


async def append_webhook(
    db: AsyncSession, declaration_id: int, address: str, salt: str, person_id: int, now: datetime
) -> int:
    row = WebhookRow(
        declaration_id=declaration_id, address=address, salt=salt, made_by=person_id, created_at=now
    )
    db.add(row)
    await db.flush()
    return row.id


async def end_webhook(db: AsyncSession, webhook_id: int, now: datetime) -> None:
    """Nothing leaves to it any more."""
    await db.execute(update(WebhookRow).where(WebhookRow.id == webhook_id).values(ended_at=now))
    await _end_waiting(db, webhook_id, now)


async def disable_webhook(db: AsyncSession, webhook_id: int, now: datetime) -> bool:
    """False where it is disabled already."""
    disabled = await db.execute(
        update(WebhookRow)
        .where(WebhookRow.id == webhook_id, WebhookRow.disabled_at.is_(None))
        .values(disabled_at=now)
        .returning(WebhookRow.id)
    )
    await _end_waiting(db, webhook_id, now)
    return disabled.first() is not None


async def enable_webhook(db: AsyncSession, webhook_id: int) -> None:
    await db.execute(
        update(WebhookRow).where(WebhookRow.id == webhook_id).values(disabled_at=None, failing_since=None)
    )


async def _end_waiting(db: AsyncSession, webhook_id: int, now: datetime) -> None:
    await db.execute(
        update(DeliveryRow)
        .where(DeliveryRow.webhook_id == webhook_id, DeliveryRow.ended_at.is_(None))
        .values(ended_at=now)
    )


async def append_messages(
    db: AsyncSession, webhooks: Sequence[Webhook], kind: EventKind, body: bytes, now: datetime
) -> None:
    """One for each webhook that is not disabled."""
    for webhook in webhooks:
        if webhook.disabled_at is None:
            db.add(
                DeliveryRow(
                    webhook_id=webhook.id,
                    message=f"msg_{secrets.token_hex(16)}",
                    kind=kind.value,
                    body=body,
                    created_at=now,
                    due_at=now,
                )
            )
    await db.flush()


async def send_again(db: AsyncSession, webhook_id: int, delivery_id: int, now: datetime) -> bool:
    """From the beginning, with the same id. False where there is none, or it waits anyway."""
    again = await db.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.id == delivery_id,
            DeliveryRow.webhook_id == webhook_id,
            DeliveryRow.ended_at.is_not(None),
        )
        .values(ended_at=None, due_at=now, attempts=0, claimed_by=None, claimed_until=None)
        .returning(DeliveryRow.id)
    )
    return again.first() is not None


def read_is_due(db: Reader, now: datetime) -> bool:
    """Whether there is anything to send that nobody is sending."""
    free = or_(DeliveryRow.claimed_until.is_(None), DeliveryRow.claimed_until <= now)
    found: bool | None = db.scalar(select(select(DeliveryRow.id).where(_is_due(now), free).exists()))
    return bool(found)


def _is_due(now: datetime) -> ColumnElement[bool]:
    """To a receiver that fails one goes at a time: who never answers must not keep all that send."""
    other = aliased(DeliveryRow)
    in_flight = exists().where(
        other.webhook_id == DeliveryRow.webhook_id, other.ended_at.is_(None), other.claimed_until > now
    )
    waits = and_(_fails(), in_flight.correlate(DeliveryRow))
    return and_(DeliveryRow.ended_at.is_(None), DeliveryRow.due_at <= now, not_(waits))


def _fails() -> ColumnElement[bool]:
    its = (WebhookRow.id == DeliveryRow.webhook_id, WebhookRow.failing_since.is_not(None))
    return exists().where(*its).correlate(DeliveryRow)


async def claim_delivery(db: AsyncSession, by: str, now: datetime, until: datetime) -> WaitingDelivery | None:
    """The oldest that is due and that nobody else is sending, before those to receivers that fail."""
    row = await claim_first(db, DeliveryRow, _is_due(now), by, now, until, last=_fails())
    if row is None:
        return None
    webhook = await db.get_one(WebhookRow, row.webhook_id)
    return WaitingDelivery(row.id, row.message, row.body, row.attempts, _to_webhook(webhook))


async def note_attempt(
    db: AsyncSession,
    waiting: WaitingDelivery,
    status: int,
    failure: str,
    now: datetime,
    again: datetime | None,
) -> None:
    """`again`: when it is tried once more; None: it is over."""
    await db.execute(
        update(DeliveryRow)
        .where(DeliveryRow.id == waiting.id)
        .values(
            attempts=waiting.attempts + 1,
            attempted_at=now,
            status=status,
            failure=failure,
            due_at=again or now,
            ended_at=None if again else now,
            claimed_by=None,
            claimed_until=None,
        )
    )


async def note_success(db: AsyncSession, webhook_id: int) -> None:
    await db.execute(update(WebhookRow).where(WebhookRow.id == webhook_id).values(failing_since=None))


async def note_failure(db: AsyncSession, webhook_id: int, now: datetime) -> datetime:
    """Since when it fails."""
    since = await db.scalar(
        update(WebhookRow)
        .where(WebhookRow.id == webhook_id)
        .values(failing_since=func.coalesce(WebhookRow.failing_since, now))
        .returning(WebhookRow.failing_since)
        .execution_options(synchronize_session=False)
    )
    return since or now
