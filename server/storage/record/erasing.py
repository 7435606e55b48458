"""Replaces name and address of a person by a pseudonym, in every table there is, but for what was signed or
sealed: statements, evidence, revisions, final documents and the log are bytes that stay as they are.

Tables that come later are covered too: whatever column holds text is looked through.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, Column, String, Table, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.erasure import Identity
from server.domain.people.languages import DEFAULT
from server.domain.people.persons import Person
from server.domain.people.roles import COORDINATORS
from server.storage.tables import Base
from server.storage.tables.declarations import ParticipantRow
from server.storage.tables.doors import AskerRow, IdentityRow
from server.storage.tables.imports import TextImportRow
from server.storage.tables.invitations import ImportDraftRow, InvitationRow
from server.storage.tables.notices import DigestItemRow, MailRow, NoticeChoiceRow
from server.storage.tables.people import LoginLinkRow, PasskeyRow, PersonRow, SessionRow
from server.storage.tables.sign_offs import ChallengeRow

_OWN: Final = (
    SessionRow,
    LoginLinkRow,
    AskerRow,
    PasskeyRow,
    IdentityRow,
    NoticeChoiceRow,
    DigestItemRow,
    ChallengeRow,
    ImportDraftRow,
    TextImportRow,
)
"""Rows that are the person's alone, and go."""
KEPT: Final = frozenset({"sign_offs.evidence"})
"""Texts that were signed."""
_OTHERS: Final = frozenset({"persons", "invitations", "municipalities"})
"""Whose rows name somebody each: a namesake keeps their name."""


async def list_declarations(db: AsyncSession, person_id: int) -> list[tuple[int, bool]]:
    """Those that the person takes part in, and whether they coordinate it."""
    query = select(ParticipantRow.declaration_id, ParticipantRow.role).where(
        ParticipantRow.person_id == person_id
    )
    found: dict[int, bool] = {}
    for declaration_id, role in await db.execute(query):
        coordinates = role in {each.value for each in COORDINATORS}
        found[declaration_id] = found.get(declaration_id, False) or coordinates
    return sorted(found.items())


async def list_session_hashes(db: AsyncSession, person_id: int) -> Sequence[str]:
    return list(await db.scalars(select(SessionRow.token_hash).where(SessionRow.person_id == person_id)))


async def erase_identity(db: AsyncSession, person: Person, now: datetime) -> None:
    """Everything but taking part, which has to be ended before."""
    old, new = Identity(person.name, person.email), Identity.pseudonym(person.id)
    for row in _OWN:
        await db.execute(delete(row).where(row.person_id == person.id))
    await _end_mails(db, person.id, old, new, now)
    await db.execute(
        delete(InvitationRow).where(
            or_(InvitationRow.person_id == person.id, func.lower(InvitationRow.email) == old.email.lower()),
            InvitationRow.id.not_in(
                select(InvitationRow.through_id).where(InvitationRow.through_id.is_not(None))
            ),
        )
    )
    await db.execute(
        update(InvitationRow)
        .where(
            or_(InvitationRow.person_id == person.id, func.lower(InvitationRow.email) == old.email.lower())
        )
        .values(name=new.name, email=new.email, salutation="", token_hash=None)
    )
    await db.execute(
        update(PersonRow)
        .where(PersonRow.id == person.id)
        .values(
            name=new.name,
            email=new.email,
            handle=secrets.token_bytes(32),
            language=DEFAULT,
            may_create=False,
            signed_in_at=None,
        )
    )
    for table in Base.metadata.sorted_tables:
        if table.name not in _OTHERS:
            await _replace_in(db, table, old, new)


async def _end_mails(db: AsyncSession, person_id: int, old: Identity, new: Identity, now: datetime) -> None:
    """Those that wait are not sent any more."""
    to_them = or_(MailRow.person_id == person_id, func.lower(MailRow.recipient) == old.email.lower())
    waiting = MailRow.sent_at.is_(None), MailRow.ended_at.is_(None)
    await db.execute(update(MailRow).where(to_them, *waiting).values(ended_at=now, reason="erased"))
    await db.execute(update(MailRow).where(to_them).values(recipient=new.email, payload={}))


async def _replace_in(db: AsyncSession, table: Table, old: Identity, new: Identity) -> None:
    keys = list(table.primary_key.columns)
    for column in text_columns(table):
        query = select(*keys, column)
        if not isinstance(column.type, JSON):
            holds = or_(
                column.contains(old.name, autoescape=True),
                func.lower(column).contains(old.email.lower(), autoescape=True),
            )
            query = query.where(holds)
        for row in (await db.execute(query)).all():
            before = row[-1]
            after = old.replaced_in(before, new)
            if after != before:
                at = [key == value for key, value in zip(keys, row, strict=False)]
                await db.execute(update(table).where(*at).values({column: after}))


def text_columns(table: Table) -> Iterator[Column[Any]]:
    """What may hold words: no keys, and nothing that was signed."""
    for column in table.columns:
        is_key = column.primary_key or column.foreign_keys or column.unique
        if f"{table.name}.{column.name}" in KEPT or is_key:
            continue
        if isinstance(column.type, String | JSON):
            yield column
