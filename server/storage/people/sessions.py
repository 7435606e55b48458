"""Sessions and login links. Only the SHA-256 of a token is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.persons import Person
from server.storage.engine.types import Reader
from server.storage.people.persons import to_person
from server.storage.tables.people import LoginLinkRow, PersonRow, SessionRow

KEPT: Final = timedelta(days=1)
"""How long a login link stays in the table after its end."""

_SESSION: Final = (
    select(
        PersonRow.id,
        PersonRow.email,
        PersonRow.name,
        PersonRow.language,
        PersonRow.may_create,
        SessionRow.created_at,
        SessionRow.expires_at,
        SessionRow.last_used_at,
        SessionRow.proven_at,
    )
    .join(SessionRow, SessionRow.person_id == PersonRow.id)
    .where(SessionRow.token_hash == bindparam("token_hash"), SessionRow.expires_at > bindparam("now"))
)
"""Asked at every request: made once."""


def hash_token(token: str) -> str:
    """Tokens carry 256 random bits; one round of SHA-256 is enough for those."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class LoginLink:
    """`guarded`: a browser asked for it, and any other has to bring the code shown there. `for_signing`: it
    came with the request to sign."""

    person: Person
    next_path: str
    expires_at: datetime
    used_at: datetime | None
    guarded: bool
    attempts: int
    for_signing: bool = False

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Session:
    """Who is signed in, since when and until when (exclusive) if nothing more is heard of them."""

    person: Person
    created_at: datetime
    ends_at: datetime
    last_used_at: datetime
    proven_at: datetime


def find_session(db: Reader, token: str, now: datetime) -> Session | None:
    """None: nobody is signed in with this token, or no longer."""
    found = db.execute(_SESSION, {"token_hash": hash_token(token), "now": now}).one_or_none()
    if found is None:
        return None
    return Session(to_person(found), found.created_at, found.expires_at, found.last_used_at, found.proven_at)


async def find_person(db: AsyncSession, token: str, now: datetime) -> Person | None:
    """Who is signed in with this session token; None for nobody or no longer."""
    session = await db.run_sync(find_session, token, now)
    return session.person if session else None


async def append_session(
    db: AsyncSession, token: str, person_id: int, now: datetime, expires_at: datetime, device: str = ""
) -> None:
    await db.execute(delete(SessionRow).where(SessionRow.expires_at <= now))
    await db.execute(update(PersonRow).where(PersonRow.id == person_id).values(signed_in_at=now))
    db.add(
        SessionRow(
            token_hash=hash_token(token),
            person_id=person_id,
            created_at=now,
            expires_at=expires_at,
            last_used_at=now,
            proven_at=now,
            device=device,
        )
    )


async def note_use(db: AsyncSession, token: str, now: datetime, expires_at: datetime) -> None:
    await db.execute(
        update(SessionRow)
        .where(SessionRow.token_hash == hash_token(token))
        .values(last_used_at=now, expires_at=expires_at)
    )


async def note_proof(db: AsyncSession, token: str, now: datetime) -> None:
    """The person has just proved who they are."""
    await db.execute(
        update(SessionRow).where(SessionRow.token_hash == hash_token(token)).values(proven_at=now)
    )


async def end_session(db: AsyncSession, token: str) -> None:
    await db.execute(delete(SessionRow).where(SessionRow.token_hash == hash_token(token)))


async def append_login_link(
    db: AsyncSession,
    token: str,
    person_id: int,
    next_path: str,
    now: datetime,
    expires_at: datetime,
    guarded: bool = False,
) -> None:
    """Forgets the links that ended more than a day ago."""
    await db.execute(delete(LoginLinkRow).where(LoginLinkRow.expires_at < now - KEPT))
    db.add(
        LoginLinkRow(
            token_hash=hash_token(token),
            person_id=person_id,
            next=next_path,
            created_at=now,
            expires_at=expires_at,
            guarded=guarded,
        )
    )


async def find_login_link(db: AsyncSession, token: str, *, lock: bool = False) -> LoginLink | None:
    """`lock` holds it until the end of the transaction: attempts at its code come one after another."""
    query = (
        select(LoginLinkRow, PersonRow)
        .join(PersonRow, PersonRow.id == LoginLinkRow.person_id)
        .where(LoginLinkRow.token_hash == hash_token(token))
    )
    if lock:
        query = query.with_for_update(of=LoginLinkRow)
    found = (await db.execute(query)).first()
    if found is None:
        return None
    link, person = found
    return LoginLink(
        to_person(person),
        link.next,
        link.expires_at,
        link.used_at,
        link.guarded,
        link.attempts,
        link.revision_id is not None,
    )


async def count_attempt(db: AsyncSession, token: str) -> None:
    """At the code of a login link."""
    await db.execute(
        update(LoginLinkRow)
        .where(LoginLinkRow.token_hash == hash_token(token))
        .values(attempts=LoginLinkRow.attempts + 1)
    )


async def end_open_links(db: AsyncSession, person_id: int, now: datetime) -> None:
    """Those that nobody has used, but for those to sign: each leads to a page of its own."""
    await db.execute(
        update(LoginLinkRow)
        .where(
            LoginLinkRow.person_id == person_id,
            LoginLinkRow.used_at.is_(None),
            LoginLinkRow.revision_id.is_(None),
        )
        .values(used_at=now)
    )


async def close_login_link(db: AsyncSession, token: str, now: datetime) -> bool:
    """True for the one request that used the link first."""
    done = await db.execute(
        update(LoginLinkRow)
        .where(LoginLinkRow.token_hash == hash_token(token), LoginLinkRow.used_at.is_(None))
        .values(used_at=now)
        .returning(LoginLinkRow.token_hash)
    )
    return done.first() is not None
