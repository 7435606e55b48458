"""What must hold for a sign-off, when it is begun and again when it is confirmed: minutes lie between."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.declarations import Declaration, Revision
from server.domain.errors import AlreadyAnswered, NotAllowed, StaleRevision, WayNotAccepted
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access
from server.domain.sign_offs import Level
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions


@dataclass(frozen=True, slots=True)
class PreparedSignOff:
    """Checked at this moment: `access` may sign `revision`, the current one, with `mandate`, and the
    municipality has not answered it."""

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


async def prepare(db: AsyncSession, access: Access, digest: str, mandate_id: int) -> PreparedSignOff:
    """`access` is authorised by `can_sign`. Raises NotAllowed, StaleRevision, AlreadyAnswered."""
    mandate = load_mandate(access, mandate_id)
    revision = await revisions.find_current(db, access.declaration.text_id)
    if revision is None or not hmac.compare_digest(revision.digest, digest):
        raise StaleRevision(current=revision.number if revision else 0)
    if await sign_offs.find_sign_off(db, revision.id, mandate.municipality.ags):
        raise AlreadyAnswered(municipality=mandate.municipality.name)
    return PreparedSignOff(access, revision, mandate)


def load_mandate(access: Access, mandate_id: int) -> Mandate:
    """One of the person's own, in force now. Raises NotAllowed."""
    for mandate in access.mandates:
        if mandate.id == mandate_id:
            return mandate
    raise NotAllowed()
