"""What must hold for a sign-off, when it is begun and again when it is confirmed: minutes lie between."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.sign_offs.request import SignOffRequest
from server.domain.declarations import Declaration, Phase, Revision
from server.domain.errors import InvalidInput
from server.domain.people.mandate_errors import NoMandate
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.permissions import Access, joining_mandates
from server.domain.sign_offs.deadlines import answers_are_open
from server.domain.sign_offs.errors import (
    AlreadyAnswered,
    AnswerChanged,
    DeadlinePassed,
    MayorHasAnswered,
    StaleRevision,
    WayNotAccepted,
)
from server.domain.sign_offs.statements import Level, SignOff
from server.storage.release.accessions import read_annexes
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions


@dataclass(frozen=True, slots=True)
class PreparedSignOff:
    """Checked at this moment: `access` may answer `revision`, the current one, with `mandate`."""

    access: Access
    revision: Revision
    mandate: Mandate

    @property
    def declaration(self) -> Declaration:
        return self.access.declaration

    @property
    def facts(self) -> dict[str, object]:
        """For the log."""
        return {"revision": self.revision.number, "ags": self.mandate.municipality.ags}


def ensure_accepted(declaration: Declaration, level: Level) -> None:
    """Raises WayNotAccepted for a way of signing that the declaration does not accept."""
    if level not in declaration.levels:
        raise WayNotAccepted(level=level.value)


async def prepare(
    db: AsyncSession,
    access: Access,
    request: SignOffRequest,
    now: datetime,
    *,
    asked_at: datetime | None = None,
) -> PreparedSignOff:
    """`access` is authorised by `can_sign`. `asked_at`: when the statement was shown that is confirmed now;
    by default it is only asked for. Raises NoMandate, StaleRevision, DeadlinePassed, AnswerChanged,
    AlreadyAnswered, MayorHasAnswered."""
    mandate = load_mandate(access, request.mandate_id)
    revision = await revisions.find_current(db, access.declaration.text_id)
    if revision is None or not hmac.compare_digest(revision.digest, request.digest):
        raise StaleRevision(current=revision.number if revision else 0)
    if access.phase is Phase.PUBLISHED:
        _ensure_joins(access, mandate, request)
        await ensure_not_annexed(db, access, mandate)
    elif not answers_are_open(access.declaration.deadline, now, asked_at):
        raise DeadlinePassed()
    acts = await sign_offs.list_acts(db, access.declaration.id, mandate.municipality.ags, revision.digest)
    _ensure_may_follow(acts, request, mandate)
    return PreparedSignOff(access, revision, mandate)


def _ensure_joins(access: Access, mandate: Mandate, request: SignOffRequest) -> None:
    """Who joins stands behind the text, and does so with the mandate that was given for it."""
    if mandate not in joining_mandates(access):
        raise NoMandate()
    if not request.reply.answer.supports:
        raise InvalidInput(field="answer")


async def ensure_not_annexed(db: AsyncSession, access: Access, mandate: Mandate) -> None:
    """What a sealed annex names stays as it is. Raises AlreadyAnswered."""
    annexes = await db.run_sync(read_annexes, access.declaration.id)
    if any(mandate.municipality.ags in annex.keys for annex in annexes):
        raise AlreadyAnswered(municipality=mandate.municipality.name)


def _ensure_may_follow(acts: Sequence[SignOff], request: SignOffRequest, mandate: Mandate) -> None:
    """Nobody changes an answer that they have not seen, and nobody the mayor's own."""
    newest = acts[-1] if acts else None
    if newest is not None and not newest.withdrawn:
        if newest.person_id == mandate.person_id and _says_the_same(newest, request):
            raise AlreadyAnswered(municipality=mandate.municipality.name)
        if newest.capacity is MandateKind.MAYOR and mandate.kind is not MandateKind.MAYOR:
            raise MayorHasAnswered(municipality=mandate.municipality.name)
    if request.replaces != (newest.id if newest else None):
        raise AnswerChanged(municipality=mandate.municipality.name)


def _says_the_same(given: SignOff, request: SignOffRequest) -> bool:
    said, reply = given.statement, request.reply
    return (said.answer, said.text, *said.council) == (reply.answer, reply.text, *reply.council)


def load_mandate(access: Access, mandate_id: int) -> Mandate:
    """One of the person's own, in force now. Raises NoMandate."""
    for mandate in access.mandates:
        if mandate.id == mandate_id:
            return mandate
    raise NoMandate()
