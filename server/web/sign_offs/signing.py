"""The mayor's page: read, see what changed, sign. And what was signed, afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Phase, RevisionHead
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access, can_see_own_sign_offs
from server.domain.sign_offs.deadlines import answers_are_open, last_confirmation
from server.domain.sign_offs.standing import waits_for_second
from server.domain.sign_offs.statements import SignOff
from server.domain.text.comparison import BlockChange, changed_only, compare
from server.domain.text.content import Content
from server.domain.text.reading_time import minutes_for, reading_minutes
from server.domain.text.what_changed import NATURES
from server.storage.engine.types import Reader
from server.storage.people.passkeys import has_passkey
from server.storage.text.revisions import read_content
from server.web.declarations.framing import render_framed
from server.web.declarations.progress import Progress
from server.web.declarations.situations import read_page, read_progress
from server.web.http.addresses import DECLARATION
from server.web.http.context import services_of
from server.web.http.errors import Problem
from server.web.sign_offs.answering import Answering, read_answering
from server.web.sign_offs.choices import choices
from server.web.sign_offs.lead import lead, may_sign_again, offered_again
from server.web.sign_offs.replies import MAX_WORDS
from server.web.text.prose import arrange


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the municipality last answered, and what has changed in the text since."""

    sign_off: SignOff
    revision: RevisionHead
    changes: tuple[BlockChange, ...]

    @property
    def minutes(self) -> int:
        """To read the passages that changed."""
        return minutes_for(block for change in self.changes if (block := change.new or change.old))


@dataclass(frozen=True, slots=True)
class ToSign:
    """A text that waits for the answer of the mandate's municipality, or whose answer may be changed.

    `newest`: what the municipality answered last, whether it counts or not."""

    answering: Answering
    mandate: Mandate
    revision: RevisionHead
    content: Content
    earlier: Earlier | None
    newest: SignOff | None
    progress: Progress
    has_passkey: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """`is_half`: of a joint answer, whose second signature is missing."""

    answering: Answering
    mandate: Mandate
    given: SignOff
    is_half: bool


@dataclass(frozen=True, slots=True)
class NothingToSign:
    """Before the first revision, and while the text is not fixed."""

    answering: Answering


@dataclass(frozen=True, slots=True)
class TooLate:
    """The deadline has passed. `given`: what counts for the municipality, if it has answered."""

    answering: Answering
    mandate: Mandate
    given: SignOff | None


SignPage = ToSign | Signed | NothingToSign | TooLate


async def sign_page(request: Request) -> Response:
    ags, changes = request.query_params.get("municipality", ""), "change" in request.query_params
    page = await read_page(
        request,
        can_see_own_sign_offs,
        lambda db, access, now: read_sign_page(db, access, now, ags, changes=changes),
    )
    access = page.answering.access
    match page:
        case ToSign():
            return show_to_sign(request, page)
        case Signed():
            return render_framed(
                request,
                "sign_offs/signed.html",
                access,
                given=page.given,
                mandate=page.mandate,
                waits=page.is_half,
                reopened=access.phase is Phase.DRAFTING,
                unanswered=page.answering.unanswered,
            )
        case TooLate():
            return render_framed(
                request, "sign_offs/too_late.html", access, mandate=page.mandate, given=page.given
            )
        case NothingToSign():
            return render_framed(request, "sign_offs/not_signing.html", access)


async def read_to_sign(request: Request, ags: str) -> ToSign | None:
    """To answer, or to answer again; None where there is nothing to sign."""
    page = await read_page(
        request,
        permissions.can_sign,
        lambda db, access, now: read_sign_page(db, access, now, ags, changes=True),
    )
    return page if isinstance(page, ToSign) else None


def show_to_sign(
    request: Request, page: ToSign, typed: Mapping[str, str] | None = None, problem: Problem | None = None
) -> Response:
    """`typed`: what came back with a `problem`, by field."""
    access, earlier = page.answering.access, page.earlier
    deadline = access.declaration.deadline if access.phase is Phase.SIGNING else None
    places = len(earlier.changes) if earlier else 0
    old = earlier.revision.number if earlier else None
    last = page.newest or (earlier.sign_off if earlier else None)
    return render_framed(
        request,
        "sign_offs/sign.html",
        access,
        problem.status if problem else 200,
        mandate=page.mandate,
        revision=page.revision,
        earlier=page.earlier,
        newest=page.newest,
        parts=arrange(page.content),
        choices=choices(request, access, page.revision, page.mandate),
        has_passkey=page.has_passkey,
        lead=lead(request, page.revision.number, page.mandate.municipality.name, old, places),
        again=may_sign_again(access.person, earlier.sign_off if earlier and not page.newest else None),
        is_offered=typed is None and bool(offered_again(last)),
        typed=offered_again(last) if typed is None else typed,
        problem=problem,
        max_words=MAX_WORDS,
        natures=NATURES,
        minutes=reading_minutes(page.content),
        progress=page.progress,
        last_confirmation=last_confirmation(deadline, services_of(request).now()),
    )


def read_sign_page(db: Reader, access: Access, now: datetime, ags: str, *, changes: bool = False) -> SignPage:
    """`ags`: for which municipality, empty for whichever waits; `changes`: to answer again. Raises
    NoMandate."""
    answering = read_answering(db, access, now)
    mandate, current = answering.choose_mandate(ags), answering.current
    if current is None:
        return NothingToSign(answering)
    given = answering.answer_of(mandate)
    if given is not None and not (changes and permissions.can_sign(access)):
        return Signed(answering, mandate, given, waits_for_second(answering.acts_of(mandate)) is not None)
    if not permissions.can_sign(access):
        return NothingToSign(answering)
    if access.phase is Phase.SIGNING and not answers_are_open(access.declaration.deadline, now):
        return TooLate(answering, mandate, given)
    content = read_content(db, current.id)
    acts = answering.acts_of(mandate)
    return ToSign(
        answering,
        mandate,
        current,
        content,
        _read_earlier(db, answering, mandate, content),
        acts[-1] if acts else None,
        read_progress(db, {access.declaration.id: answering.revisions}, now)[access.declaration.id],
        has_passkey(db, access.person.id),
    )


def _read_earlier(db: Reader, answering: Answering, mandate: Mandate, content: Content) -> Earlier | None:
    """Nothing where the last answer was to this very text."""
    last, current = answering.last_of(mandate), answering.current
    old = next((r for r in answering.revisions if last and r.id == last.revision_id), None)
    if last is None or old is None or current is None or old.digest == current.digest:
        return None
    return Earlier(last, old, changed_only(compare(read_content(db, old.id), content)))


ROUTES = [Route(f"{DECLARATION}/sign", sign_page)]
