"""What was asked of a person and waits for one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.storage.tables.sign_offs import ChallengeRow


class ChallengeKind(StrEnum):
    REGISTER = "register"
    SIGN_PASSKEY = "sign_passkey"
    SIGN_CODE = "sign_code"
    SIGN_PDF = "sign_pdf"
    LINK_IDENTITY = "link_identity"
    PROVE_CODE = "prove_code"
    PROVE_PASSKEY = "prove_passkey"


@dataclass(frozen=True, slots=True)
class Challenge:
    """`challenge`: what the authenticator signs (32 bytes); `statement`: the canonical bytes behind it;
    `document`: the PDF that waits for a signature; `replaces`: the sign-off that was the newest when this was
    asked; `note`: for the coordination, not part of the statement."""

    id: str
    kind: ChallengeKind
    person_id: int
    challenge: bytes
    created_at: datetime
    expires_at: datetime
    revision_id: int | None = None
    mandate_id: int | None = None
    statement: bytes | None = None
    secret_hash: str | None = None
    attempts: int = 0
    used_at: datetime | None = None
    document: bytes | None = None
    replaces: int | None = None
    note: str = ""

    def is_open(self, now: datetime) -> bool:
        return self.used_at is None and now < self.expires_at


async def append_challenge(db: AsyncSession, challenge: Challenge) -> None:
    await db.execute(delete(ChallengeRow).where(ChallengeRow.expires_at <= challenge.created_at))
    db.add(
        ChallengeRow(
            id=challenge.id,
            kind=challenge.kind.value,
            person_id=challenge.person_id,
            revision_id=challenge.revision_id,
            mandate_id=challenge.mandate_id,
            challenge=challenge.challenge,
            statement=challenge.statement,
            secret_hash=challenge.secret_hash,
            document=challenge.document,
            replaces=challenge.replaces,
            note=challenge.note,
            attempts=0,
            created_at=challenge.created_at,
            expires_at=challenge.expires_at,
        )
    )
    await db.flush()


async def find_challenge(
    db: AsyncSession, challenge_id: str, kind: ChallengeKind, person_id: int
) -> Challenge | None:
    """Only the person who was asked finds it."""
    row = await db.scalar(
        select(ChallengeRow)
        .where(
            ChallengeRow.id == challenge_id,
            ChallengeRow.kind == kind.value,
            ChallengeRow.person_id == person_id,
        )
        .with_for_update()
    )
    return _to_challenge(row) if row else None


async def find_for_browser(
    db: AsyncSession, challenge_id: str, kind: ChallengeKind, bound: bytes
) -> Challenge | None:
    """Where the person is not signed in yet: only the browser that was asked finds it. `bound`: what the
    challenge was made with."""
    row = await db.scalar(
        select(ChallengeRow)
        .where(
            ChallengeRow.id == challenge_id,
            ChallengeRow.kind == kind.value,
            ChallengeRow.challenge == bound,
        )
        .with_for_update()
    )
    return _to_challenge(row) if row else None


async def find_waiting_copy(
    db: AsyncSession, person_id: int, revision_id: int, mandate_id: int, least: datetime
) -> Challenge | None:
    """The newest copy that was handed out for this, has not come back, and is good until `least`."""
    row = await db.scalar(
        select(ChallengeRow)
        .where(
            ChallengeRow.kind == ChallengeKind.SIGN_PDF.value,
            ChallengeRow.person_id == person_id,
            ChallengeRow.revision_id == revision_id,
            ChallengeRow.mandate_id == mandate_id,
            ChallengeRow.used_at.is_(None),
            ChallengeRow.expires_at > least,
        )
        .order_by(ChallengeRow.created_at.desc())
        .limit(1)
    )
    return _to_challenge(row) if row else None


async def count_attempt(db: AsyncSession, challenge_id: str) -> None:
    await db.execute(
        update(ChallengeRow).where(ChallengeRow.id == challenge_id).values(attempts=ChallengeRow.attempts + 1)
    )


async def close_challenge(db: AsyncSession, challenge_id: str, now: datetime) -> None:
    await db.execute(update(ChallengeRow).where(ChallengeRow.id == challenge_id).values(used_at=now))


def _to_challenge(row: ChallengeRow) -> Challenge:
    return Challenge(
        row.id,
        ChallengeKind(row.kind),
        row.person_id,
        row.challenge,
        row.created_at,
        row.expires_at,
        row.revision_id,
        row.mandate_id,
        row.statement,
        row.secret_hash,
        row.attempts,
        row.used_at,
        row.document,
        row.replaces,
        row.note,
    )
