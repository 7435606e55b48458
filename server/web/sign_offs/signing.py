"""The mayor's page: read, see what changed, sign. And what was signed, afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.answers import WORDINGS, Answer
from server.domain.declarations import Declaration, RevisionHead
from server.domain.people.mandates import Mandate
from server.domain.permissions import Access, can_see_own_sign_offs
from server.domain.sign_offs import SignOff
from server.domain.text.comparison import BlockChange, changed_only, compare
from server.domain.text.content import Content
from server.storage.engine.types import Reader
from server.storage.people.passkeys import has_passkey
from server.storage.text.revisions import read_content
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.rendering import say
from server.web.sentences.messages import Message
from server.web.sentences.words import FOR_MUNICIPALITY
from server.web.sign_offs.answering import Answering, read_answering
from server.web.text.prose import arrange


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the municipality last answered, and what has changed in the text since."""

    sign_off: SignOff
    revision: RevisionHead
    changes: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class ToSign:
    """A text that waits for the answer of the mandate's municipality."""

    answering: Answering
    mandate: Mandate
    revision: RevisionHead
    content: Content
    earlier: Earlier | None
    has_passkey: bool


@dataclass(frozen=True, slots=True)
class Signed:
    answering: Answering
    mandate: Mandate
    given: SignOff


@dataclass(frozen=True, slots=True)
class NothingToSign:
    """Before the first revision, and while the text is not fixed."""

    answering: Answering


SignPage = ToSign | Signed | NothingToSign


async def sign_page(request: Request) -> Response:
    ags = request.query_params.get("municipality", "")
    page = await read_page(
        request, can_see_own_sign_offs, lambda db, access, now: read_sign_page(db, access, now, ags)
    )
    access = page.answering.access
    match page:
        case ToSign():
            return _to_sign(request, page)
        case Signed():
            return render_framed(
                request,
                "sign_offs/signed.html",
                access,
                given=page.given,
                unanswered=page.answering.unanswered,
            )
        case NothingToSign():
            return render_framed(request, "sign_offs/not_signing.html", access)


def _to_sign(request: Request, page: ToSign) -> Response:
    access = page.answering.access
    return render_framed(
        request,
        "sign_offs/sign.html",
        access,
        mandate=page.mandate,
        revision=page.revision,
        earlier=page.earlier,
        parts=arrange(page.content),
        wording=wording(request, access.declaration, page.revision, page.mandate, Answer.SIGNS),
        has_passkey=page.has_passkey,
    )


def read_sign_page(db: Reader, access: Access, now: datetime, ags: str) -> SignPage:
    """`ags`: for which municipality, empty for whichever waits. Raises NotAllowed."""
    answering = read_answering(db, access, now)
    mandate, current = answering.choose_mandate(ags), answering.current
    if current is None:
        return NothingToSign(answering)
    given = answering.answer_of(mandate)
    if given is not None:
        return Signed(answering, mandate, given)
    if not permissions.can_sign(access):
        return NothingToSign(answering)
    content = read_content(db, current.id)
    earlier = _read_earlier(db, answering, mandate, content)
    return ToSign(answering, mandate, current, content, earlier, has_passkey(db, access.person.id))


def _read_earlier(db: Reader, answering: Answering, mandate: Mandate, content: Content) -> Earlier | None:
    last = answering.last_of(mandate)
    old = next((r for r in answering.revisions if last and r.id == last.revision_id), None)
    if last is None or old is None:
        return None
    return Earlier(last, old, changed_only(compare(read_content(db, old.id), content)))


def wording(
    request: Request, declaration: Declaration, revision: RevisionHead, mandate: Mandate, answer: Answer
) -> str:
    """The sentence above the button, as the person reads it: it becomes part of what is signed."""
    town = mandate.municipality
    place = say(request, Message(FOR_MUNICIPALITY[town.kind], {"name": town.name}))
    facts = {"title": declaration.title, "number": revision.number, "place": place}
    return say(request, Message(WORDINGS[answer, mandate.kind], facts))


ROUTES = [Route(f"{DECLARATION}/sign", sign_page)]
