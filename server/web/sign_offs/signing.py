"""The mayor's page: read, see what changed, sign. And what was signed, afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Phase
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access, can_see_own_sign_offs
from server.domain.sign_offs.councils import council_meets, meets_too_late
from server.domain.sign_offs.deadlines import answers_are_open, last_confirmation
from server.domain.sign_offs.standing import waits_for_second
from server.domain.sign_offs.statements import SignOff
from server.storage.engine.types import Reader
from server.web.declarations.framing import render_framed
from server.web.declarations.progress import Progress
from server.web.declarations.situations import read_page, read_progress
from server.web.http.addresses import DECLARATION
from server.web.http.context import services_of
from server.web.http.errors import Problem
from server.web.sign_offs.answering import Answering, read_answering
from server.web.sign_offs.brief import ToSign, brief_of, read_to_answer
from server.web.sign_offs.lead import may_confirm, may_sign_again, offered_again


@dataclass(frozen=True, slots=True)
class Signed:
    """`is_half`: of a joint answer, whose second signature is missing."""

    answering: Answering
    mandate: Mandate
    given: SignOff
    is_half: bool
    progress: Progress


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
                200,
                given=page.given,
                mandate=page.mandate,
                waits=page.is_half,
                reopened=access.phase is Phase.DRAFTING,
                unanswered=page.answering.unanswered,
                progress=page.progress,
                **_council(access, page.given, services_of(request).now()),
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
    last = page.newest or (earlier.sign_off if earlier else None)
    return render_framed(
        request,
        "sign_offs/sign.html",
        access,
        problem.status if problem else 200,
        **brief_of(request, page),
        has_passkey=page.has_passkey,
        again=may_sign_again(access.person, earlier.sign_off if earlier and not page.newest else None),
        confirms=may_confirm(page.mandate, page.newest),
        is_offered=typed is None and bool(offered_again(last)),
        typed=offered_again(last) if typed is None else typed,
        problem=problem,
        last_confirmation=last_confirmation(access.declaration.answers_until, services_of(request).now()),
    )


def _council(access: Access, given: SignOff, now: datetime) -> dict[str, object]:
    """What the page says of a council that decides, and whether answers are still taken."""
    day, deadline = given.statement.council_date, access.declaration.answers_until
    waits = given.answer.facts.needs_council
    return {
        "may_download": permissions.can_download_final(access),
        "takes_answers": permissions.can_sign(access) and answers_are_open(deadline, now),
        "council_met": waits and council_meets(day, now),
        "council_late": waits and meets_too_late(day, deadline),
    }


def read_sign_page(db: Reader, access: Access, now: datetime, ags: str, *, changes: bool = False) -> SignPage:
    """`ags`: for which municipality, empty for whichever waits; `changes`: to answer again. Raises
    NoMandate."""
    answering = read_answering(db, access, now)
    mandate, current = answering.choose_mandate(ags), answering.current
    if current is None:
        return NothingToSign(answering)
    given = answering.answer_of(mandate)
    if given is not None and not (changes and permissions.can_sign(access)):
        is_half = waits_for_second(answering.acts_of(mandate)) is not None
        progress = read_progress(db, {access.declaration.id: answering.revisions}, now)
        return Signed(answering, mandate, given, is_half, progress[access.declaration.id])
    if not permissions.can_sign(access):
        return NothingToSign(answering)
    if not answers_are_open(access.declaration.answers_until, now):
        return TooLate(answering, mandate, given)
    return read_to_answer(db, answering, mandate, current, access.person.name, now)


ROUTES = [Route(f"{DECLARATION}/sign", sign_page)]
