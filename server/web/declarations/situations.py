"""Reads what the pages about one declaration share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request

from server.actions.services import Services
from server.domain.declarations import Revision, Role
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access
from server.domain.sign_offs import SignOff
from server.storage.declarations import access as accesses
from server.storage.people import municipalities
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions
from server.web.declarations.next_step import Situation
from server.web.declarations.progress import Progress, measure
from server.web.http.addresses import slug_of
from server.web.http.context import services_of
from server.web.http.visits import person_of


@dataclass(frozen=True, slots=True)
class Facts:
    """`revisions` newest first; `progress` and `sign_offs` are about all municipalities."""

    access: Access
    revisions: Sequence[Revision]
    sign_offs: Sequence[SignOff]
    progress: Progress
    now: datetime

    @property
    def current(self) -> Revision | None:
        return self.revisions[0] if self.revisions else None

    def answer_of(self, mandate: Mandate) -> SignOff | None:
        """The municipality's answer to the current revision."""
        digest = self.current.digest if self.current else None
        return next(
            (
                s
                for s in self.sign_offs
                if s.statement.revision_digest == digest and s.statement.ags == mandate.municipality.ags
            ),
            None,
        )

    @property
    def mandates(self) -> tuple[Mandate, ...]:
        """Those with which the person may sign here."""
        return self.access.mandates if Role.SIGNATORY in self.access.roles else ()

    @property
    def unanswered(self) -> list[Mandate]:
        return [mandate for mandate in self.mandates if self.answer_of(mandate) is None]

    @property
    def situation(self) -> Situation:
        deadline = self.access.declaration.deadline
        overdue = deadline is not None and deadline <= self.now
        return Situation(self.access, self.progress, len(self.unanswered), overdue)


async def load_facts(services: Services, access: Access, now: datetime) -> Facts:
    declaration_id = access.declaration.id
    async with services.database.read() as db:
        fixed = await revisions.list_revisions(db, declaration_id)
        given = await sign_offs.list_sign_offs(db, declaration_id)
        invited = await municipalities.list_invited(db, declaration_id, now)
    digest = fixed[0].digest if fixed else None
    return Facts(access, fixed, given, measure(invited, given, digest), now)


async def access_facts(request: Request, may: Callable[[Access], bool]) -> Facts:
    """Raises NotSignedIn, NotFound, NotAllowed, WrongPhase."""
    services, person = services_of(request), person_of(request)
    now = services.now()
    async with services.database.read() as db:
        access = await accesses.access_declaration(db, person, slug_of(request), may, now)
    return await load_facts(services, access, now)
