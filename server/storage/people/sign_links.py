"""Login links in the mails that ask for a sign-off: each belongs to a revision, and ends with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.people.sessions import hash_token
from server.storage.tables.people import LoginLinkRow
from server.storage.tables.text import RevisionRow


async def append_sign_link(
    db: AsyncSession,
    token: str,
    person_id: int,
    revision_id: int,
    page: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    db.add(
        LoginLinkRow(
            token_hash=hash_token(token),
            person_id=person_id,
            next=page,
            created_at=now,
            expires_at=expires_at,
            revision_id=revision_id,
        )
    )


async def end_sign_links(db: AsyncSession, text_id: int, now: datetime) -> None:
    """Of all of a text's revisions: the mails about the next one bring new links."""
    revisions = select(RevisionRow.id).where(RevisionRow.text_id == text_id)
    await db.execute(
        update(LoginLinkRow)
        .where(LoginLinkRow.revision_id.in_(revisions), LoginLinkRow.expires_at > now)
        .values(expires_at=now)
    )
