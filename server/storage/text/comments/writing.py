"""Writing threads and comments, under the lock of the declaration: stamps follow each other without gaps."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.text.comments.threads import Mentions, Speaker
from server.storage.tables.comments import CommentRow, MentionRow, ThreadRow


async def count_threads(db: AsyncSession, text_id: int) -> int:
    query = select(func.count()).select_from(ThreadRow).where(ThreadRow.text_id == text_id)
    return int(await db.scalar(query) or 0)


async def append_thread(
    db: AsyncSession, text_id: int, key: str, quote: str, suggestion: str, now: datetime
) -> int:
    """Without a comment yet. Its id."""
    row = ThreadRow(
        text_id=text_id,
        key=key,
        quote=quote,
        suggestion=suggestion,
        opened_at=now,
        stamp=await _next_stamp(db, text_id),
    )
    db.add(row)
    await db.flush()
    return row.id


async def append_comment(
    db: AsyncSession,
    thread_id: int,
    *,
    person_id: int,
    ags: str | None,
    speaker: Speaker,
    body: str,
    now: datetime,
) -> int:
    """Its id."""
    recorded = speaker.recorded
    row = CommentRow(
        thread_id=thread_id,
        person_id=person_id,
        ags=ags,
        for_ags=recorded.ags if recorded else None,
        channel=recorded.channel.value if recorded else "",
        guest=speaker.guest,
        body=body,
        written_at=now,
        from_file=speaker.from_file,
    )
    db.add(row)
    await db.flush()
    return row.id


async def change_comment(db: AsyncSession, comment_id: int, body: str, now: datetime) -> None:
    change = update(CommentRow).where(CommentRow.id == comment_id)
    await db.execute(change.values(body=body, changed_at=now))


async def remove_comment(db: AsyncSession, comment_id: int, now: datetime) -> None:
    """Its words are gone; that there was one stays."""
    await db.execute(delete(MentionRow).where(MentionRow.comment_id == comment_id))
    change = update(CommentRow).where(CommentRow.id == comment_id)
    await db.execute(change.values(body="", removed_at=now))


async def replace_mentions(db: AsyncSession, comment_id: int, mentions: Mentions) -> None:
    await db.execute(delete(MentionRow).where(MentionRow.comment_id == comment_id))
    persons = [{"comment_id": comment_id, "person_id": each, "ags": None} for each in mentions.persons]
    towns = [{"comment_id": comment_id, "person_id": None, "ags": each} for each in mentions.municipalities]
    if persons or towns:
        await db.execute(insert(MentionRow), [*persons, *towns])


async def settle_thread(db: AsyncSession, thread_id: int, person_id: int | None, now: datetime) -> None:
    """Resolved by the person; None: open again."""
    resolved = {"resolved_at": now if person_id else None, "resolved_by": person_id}
    await db.execute(update(ThreadRow).where(ThreadRow.id == thread_id).values(**resolved))


async def stamp_thread(db: AsyncSession, text_id: int, thread_id: int) -> None:
    """It has changed: whoever asks for what is new gets it."""
    stamp = await _next_stamp(db, text_id)
    await db.execute(update(ThreadRow).where(ThreadRow.id == thread_id).values(stamp=stamp))


async def _next_stamp(db: AsyncSession, text_id: int) -> int:
    query = select(func.coalesce(func.max(ThreadRow.stamp), 0)).where(ThreadRow.text_id == text_id)
    return int(await db.scalar(query) or 0) + 1
