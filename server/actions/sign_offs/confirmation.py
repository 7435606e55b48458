"""A statement that waits for its confirmation, and the sign-off that comes of it.

What is stored are the very bytes that were confirmed; nothing is made again from what was read in them.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import DeclarationAct
from server.actions.sign_offs.preparation import PreparedSignOff, ensure_accepted, prepare
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.actions.sign_offs.telling import tell_of_answer
from server.domain.audit import Tag
from server.domain.errors import KraftaktError
from server.domain.permissions import Access
from server.domain.sign_offs.errors import AlreadyAnswered
from server.domain.sign_offs.statements import Level, SignOff, Statement, read_statement
from server.signing.evidence.bundle import sign_off_digest
from server.storage.sign_offs import challenges, council_meetings, sign_offs
from server.storage.sign_offs.challenges import Challenge, ChallengeKind


@dataclass(frozen=True, slots=True)
class WaitingSignOff:
    """`statement` is what this release reads in `statement_bytes`, which are to be confirmed."""

    challenge: Challenge
    statement: Statement
    statement_bytes: bytes
    mandate_id: int


def make_challenge(
    kind: ChallengeKind,
    prepared: PreparedSignOff,
    request: SignOffRequest,
    statement: Statement,
    now: datetime,
    ttl: timedelta,
) -> Challenge:
    data = statement.canonical()
    return Challenge(
        id=secrets.token_urlsafe(32),
        kind=kind,
        person_id=prepared.access.person.id,
        challenge=hashlib.sha256(data).digest(),
        created_at=now,
        expires_at=now + ttl,
        revision_id=prepared.revision.id,
        mandate_id=prepared.mandate.id,
        statement=data,
        replaces=request.replaces,
        note=request.note,
    )


async def load_waiting(
    db: AsyncSession,
    access: Access,
    challenge_id: str,
    kind: ChallengeKind,
    now: datetime,
    refusal: KraftaktError,
) -> WaitingSignOff:
    """Raises AlreadyAnswered for a challenge that was answered (the form was sent twice), else `refusal`: for
    one that is unknown here, has expired, or whose statement says what this release does not understand."""
    found = await challenges.find_challenge(db, challenge_id, kind, access.person.id)
    if found is not None and found.used_at is not None:
        raise AlreadyAnswered()
    if found is None or not found.is_open(now):
        raise refusal
    waiting = read_waiting(found)
    if waiting is None or waiting.statement.declaration != access.declaration.slug:
        raise refusal
    return waiting


def read_waiting(challenge: Challenge) -> WaitingSignOff | None:
    """None for bytes that no check would accept later: they may be another release's."""
    if challenge.statement is None or challenge.mandate_id is None:
        return None
    try:
        statement = read_statement(challenge.statement)
    except ValueError:
        return None
    return WaitingSignOff(challenge, statement, challenge.statement, challenge.mandate_id)


async def prepare_again(
    db: AsyncSession, access: Access, waiting: WaitingSignOff, now: datetime
) -> PreparedSignOff:
    """Does everything still hold? Raises as `prepare` does."""
    said = waiting.statement
    reply = Reply(said.answer, said.text, *said.council, said.reason_for_representation)
    request = SignOffRequest(
        said.revision_digest, waiting.mandate_id, said.wording, reply, waiting.challenge.replaces
    )
    return await prepare(db, access, request, now, asked_at=waiting.challenge.created_at)


async def give_sign_off(
    act: DeclarationAct,
    waiting: WaitingSignOff,
    prepared: PreparedSignOff,
    level: Level,
    evidence: dict[str, object],
) -> SignOff:
    """Closes the challenge and stores the sign-off. Raises WayNotAccepted."""
    ensure_accepted(prepared.declaration, level)
    await challenges.close_challenge(act.db, waiting.challenge.id, act.now)
    return await store_sign_off(
        act, prepared, waiting.statement_bytes, level, evidence, note=waiting.challenge.note
    )


async def store_sign_off(
    act: DeclarationAct,
    prepared: PreparedSignOff,
    statement: bytes,
    level: Level,
    evidence: dict[str, object],
    *,
    note: str = "",
    by: int | None = None,
) -> SignOff:
    """Stores it, records the act, tells whom it concerns. `by`: who recorded it, where somebody else than the
    signatory did."""
    sign_off = await sign_offs.append_sign_off(
        act.db,
        declaration_id=prepared.declaration.id,
        revision_id=prepared.revision.id,
        person_id=prepared.access.person.id,
        statement=statement,
        level=level,
        evidence=evidence,
        note=note,
    )
    if day := sign_off.statement.council_date:
        await council_meetings.append_meeting(act.db, sign_off.id, day)
    facts: dict[str, object] = {
        "sha256": prepared.revision.digest,
        "answer": sign_off.answer.value,
        "level": level.value,
        "sign_off_sha256": sign_off_digest(sign_off.statement_bytes, level, evidence),
    }
    if by is not None:
        facts |= {"signatory": prepared.access.person.id, "recorded_by": by}
    act.record(Tag.SIGN_OFF_GIVE, prepared.facts | facts)
    await tell_of_answer(act, sign_off)
    return sign_off
