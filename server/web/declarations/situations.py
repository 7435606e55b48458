"""Reads what the pages about one declaration share: of one moment, and only what a page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from starlette.requests import Request

from server.domain.declarations import Phase, RevisionHead
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.permissions import Access, can_download_sealed, can_see_own_sign_offs
from server.storage.declarations.access import read_access
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_signatories
from server.storage.release.final_documents import has_edition
from server.storage.sign_offs.sign_offs import read_answers
from server.storage.text.revisions import read_heads
from server.web.declarations.next_step import Situation
from server.web.declarations.progress import Progress, measure
from server.web.http.addresses import slug_of
from server.web.http.context import services_of
from server.web.http.visits import person_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facts:
    """`revisions` newest first; `progress` is about all municipalities; `has_edition`: the final document has
    an HTML edition."""

    access: Access
    revisions: Sequence[RevisionHead]
    progress: Progress
    now: datetime
    has_edition: bool = False

    @property
    def current(self) -> RevisionHead | None:
        return self.revisions[0] if self.revisions else None

    @property
    def situation(self) -> Situation:
        number = self.current.number if self.current else 0
        return situation_of(self.access, self.progress, self.now, number)


def mandates_of(access: Access) -> tuple[Mandate, ...]:
    """Those with which the person may sign here."""
    return access.mandates if can_see_own_sign_offs(access) else ()


def situation_of(access: Access, progress: Progress, now: datetime, fixed: int = 0) -> Situation:
    deadline = access.declaration.deadline
    unanswered = [m for m in mandates_of(access) if not progress.has_answered(m.municipality)]
    overdue = deadline is not None and deadline <= now
    met = "" if overdue else _council_met(access, progress, now)
    return Situation(access, progress, len(unanswered), overdue, fixed, met)


def _council_met(access: Access, progress: Progress, now: datetime) -> str:
    """Official key of a municipality whose reserved answer this person may confirm."""
    is_mayor = {m.municipality.ags: m.kind is MandateKind.MAYOR for m in mandates_of(access)}
    own = (given for given in progress.councils_met(now) if given.ags in is_mayor)
    return next((g.ags for g in own if is_mayor[g.ags] or g.person_id == access.person.id), "")


async def read_page(
    request: Request, may: Callable[[Access], bool], read: Callable[[Reader, Access, datetime], T]
) -> T:
    """Checks the access and reads, all in one moment's state and off the event loop.

    Raises NotSignedIn, NotFound, NotAllowed, WrongPhase, and what `read` raises.
    """
    services, person, slug = services_of(request), person_of(request), slug_of(request)
    now = services.now()
    return await services.database.ask(lambda db: read(db, read_access(db, person, slug, may, now), now))


def read_facts(db: Reader, access: Access, now: datetime) -> Facts:
    declaration_id, text_id = access.declaration.id, access.declaration.text_id
    heads = {declaration_id: read_heads(db, [text_id])[text_id]}
    follows = access.phase is not Phase.DRAFTING
    progress = read_progress(db, heads, now)[declaration_id] if follows else Progress(())
    edition = can_download_sealed(access) and has_edition(db, declaration_id)
    return Facts(access, heads[declaration_id], progress, now, edition)


def read_progress(
    db: Reader, heads: Mapping[int, Sequence[RevisionHead]], now: datetime
) -> dict[int, Progress]:
    """By declaration. What was answered counts for every revision with the same digest."""
    counting = {
        head.id: declaration
        for declaration, revisions in heads.items()
        for head in revisions
        if head.digest == revisions[0].digest
    }
    answers = read_answers(db, counting)
    signatories = read_signatories(db, heads, now)
    return {
        declaration: measure(
            signatories[declaration],
            [answer for answer in answers if counting[answer.revision_id] == declaration],
        )
        for declaration in heads
    }
