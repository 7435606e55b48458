"""The mayor's page: read, see what changed, sign. And what was signed, afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Declaration, Revision, Role
from server.domain.errors import NotAllowed
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.permissions import Access
from server.domain.sign_offs import SignOff
from server.domain.text.comparison import BlockChange, changed_only, compare
from server.storage.people import passkeys
from server.web.declarations.progress import last_of
from server.web.declarations.situations import Facts, access_facts
from server.web.http.addresses import DECLARATION
from server.web.http.context import services_of
from server.web.http.rendering import render, say
from server.web.sentences.messages import N_, Message
from server.web.sentences.words import FOR_MUNICIPALITY
from server.web.text.prose import arrange, read_content


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the municipality last answered, and what has changed in the text since."""

    sign_off: SignOff
    revision: Revision
    changes: tuple[BlockChange, ...]


def may_open(access: Access) -> bool:
    """Signatories, also after they have signed and after the seal: to see what they signed."""
    return Role.SIGNATORY in access.roles


async def sign_page(request: Request) -> Response:
    facts = await access_facts(request, may_open)
    mandate = choose_mandate(facts, request.query_params.get("municipality", ""))
    current = facts.current
    if current is None:  # before the first revision
        return render(request, "sign_offs/not_signing.html", access=facts.access)
    given = facts.answer_of(mandate)
    if given is not None:
        return render(
            request, "sign_offs/signed.html", facts=facts, access=facts.access, mandate=mandate, given=given
        )
    if not permissions.can_sign(facts.access):
        return render(request, "sign_offs/not_signing.html", access=facts.access)
    return await _reading(request, facts, mandate, current)


async def _reading(request: Request, facts: Facts, mandate: Mandate, current: Revision) -> Response:
    services = services_of(request)
    async with services.database.read() as db:
        keys = await passkeys.count_for(db, facts.access.person.id)
    return render(
        request,
        "sign_offs/sign.html",
        facts=facts,
        access=facts.access,
        mandate=mandate,
        revision=current,
        earlier=find_earlier(facts, mandate),
        parts=arrange(read_content(current)),
        wording=wording(request, facts.access.declaration, current, mandate),
        has_passkey=keys > 0,
    )


def choose_mandate(facts: Facts, ags: str) -> Mandate:
    """The one for that municipality, else the first without an answer, else the first. Raises NotAllowed."""
    for mandate in (*facts.unanswered, *facts.mandates):
        if not ags or mandate.municipality.ags == ags:
            return mandate
    raise NotAllowed()


def find_earlier(facts: Facts, mandate: Mandate) -> Earlier | None:
    last = last_of(facts.sign_offs, mandate.municipality.ags)
    old = next((r for r in facts.revisions if last and r.id == last.revision_id), None)
    if last is None or old is None or facts.current is None:
        return None
    changes = compare(read_content(old), read_content(facts.current))
    return Earlier(last, old, changed_only(changes))


def wording(request: Request, declaration: Declaration, revision: Revision, mandate: Mandate) -> str:
    """The sentence above the button, as the person reads it: it becomes part of what is signed."""
    town = mandate.municipality
    place = say(request, Message(FOR_MUNICIPALITY[town.kind], {"name": town.name}))
    sentence = (
        N_("As deputy for %(place)s I sign revision %(number)s of the declaration: %(title)s")
        if mandate.kind is MandateKind.DEPUTY
        else N_("For %(place)s I sign revision %(number)s of the declaration: %(title)s")
    )
    facts = {"title": declaration.title, "number": revision.number, "place": place}
    return say(request, Message(sentence, facts))


ROUTES = [Route(f"{DECLARATION}/sign", sign_page)]
