"""States of live texts that are kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import NotFound
from server.domain.text.checkpoints import CheckpointHead, CheckpointKind, State, decode_blocks, encode_state
from server.domain.text.live_text import LiveBlock
from server.storage.engine.types import Reader
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.text import CheckpointRow, TextRow, UpdateBaseRow, UpdateRow

_HEADS: Final = (
    select(
        CheckpointRow.id,
        CheckpointRow.kind,
        CheckpointRow.made_at,
        CheckpointRow.position,
        CheckpointRow.letters,
        func.length(CheckpointRow.data),
        CheckpointRow.name,
        CheckpointRow.took_part,
        CheckpointRow.scrubbed_at,
    )
    .where(CheckpointRow.text_id == bindparam("text"))
    .order_by(CheckpointRow.made_at.desc(), CheckpointRow.id.desc())
)
_STATE: Final = select(CheckpointRow.data).where(
    CheckpointRow.text_id == bindparam("text"), CheckpointRow.id == bindparam("checkpoint")
)


def read_heads(db: Reader, text_id: int) -> list[CheckpointHead]:
    """Newest first."""
    return [
        CheckpointHead(
            key,
            CheckpointKind(kind),
            made_at,
            position,
            letters,
            size,
            name,
            tuple(json.loads(took)),
            scrubbed,
        )
        for key, kind, made_at, position, letters, size, name, took, scrubbed in db.execute(
            _HEADS, {"text": text_id}
        )
    ]


def read_blocks(db: Reader, text_id: int, checkpoint_id: int) -> tuple[LiveBlock, ...]:
    """Raises NotFound."""
    data = db.execute(_STATE, {"text": text_id, "checkpoint": checkpoint_id}).scalar_one_or_none()
    if data is None:
        raise NotFound(what="checkpoint")
    return decode_blocks(data)


async def list_heads(db: AsyncSession, text_id: int) -> list[CheckpointHead]:
    return await (await db.connection()).run_sync(read_heads, text_id)


async def load_blocks(db: AsyncSession, text_id: int, checkpoint_id: int) -> tuple[LiveBlock, ...]:
    """Raises NotFound."""
    return await (await db.connection()).run_sync(read_blocks, text_id, checkpoint_id)


async def list_grown(db: AsyncSession) -> Mapping[int, int]:
    """Text → declaration, of those whose log has grown beyond their last checkpoint."""
    last = select(CheckpointRow.text_id, func.max(CheckpointRow.position).label("at")).group_by(
        CheckpointRow.text_id
    )
    kept = last.subquery()
    rows = select(UpdateRow.text_id, func.max(UpdateRow.id).label("at")).group_by(UpdateRow.text_id)
    bases = select(UpdateBaseRow.text_id, UpdateBaseRow.upto.label("at"))
    logs = rows.union_all(bases).subquery()
    query = (
        select(TextRow.id, TextRow.declaration_id)
        .join(logs, logs.c.text_id == TextRow.id)
        .outerjoin(kept, kept.c.text_id == TextRow.id)
        .where(logs.c.at > func.coalesce(kept.c.at, -1))
        .distinct()
    )
    return {row.id: row.declaration_id for row in await db.execute(query)}


async def lock_declaration(db: AsyncSession, text_id: int) -> None:
    """Until the commit, so that several processes keep a state once."""
    query = select(DeclarationRow.id).join(TextRow, TextRow.declaration_id == DeclarationRow.id)
    await db.execute(query.where(TextRow.id == text_id).with_for_update(of=DeclarationRow))


async def append_states(
    db: AsyncSession,
    text_id: int,
    states: Sequence[tuple[CheckpointKind, State]],
    now: datetime,
    took_part: Collection[str] = (),
) -> None:
    """Under the declaration's lock. `took_part`: in the last of them, and in what led there."""
    rows = [
        {
            "text_id": text_id,
            "kind": kind.value,
            "made_at": now,
            "position": state.position,
            "letters": state.letters,
            "data": encode_state(state),
            "took_part": json.dumps(sorted(took_part)),
        }
        for kind, state in states
    ]
    if rows:
        await db.execute(insert(CheckpointRow), rows)


async def name_state(db: AsyncSession, checkpoint_id: int, name: str, now: datetime) -> None:
    """From then on it stays, however old it grows."""
    named = {"name": name, "kind": CheckpointKind.NAMED.value, "made_at": now}
    await db.execute(update(CheckpointRow).where(CheckpointRow.id == checkpoint_id).values(**named))


async def rewrite(db: AsyncSession, text_id: int, checkpoint_id: int, state: State, now: datetime) -> None:
    """After a passage was taken out of it. Under the declaration's lock."""
    await db.execute(
        update(CheckpointRow)
        .where(CheckpointRow.text_id == text_id, CheckpointRow.id == checkpoint_id)
        .values(data=encode_state(state), letters=state.letters, scrubbed_at=now)
    )


async def drop(db: AsyncSession, ids: Collection[int]) -> None:
    if ids:
        await db.execute(delete(CheckpointRow).where(CheckpointRow.id.in_(ids)))
