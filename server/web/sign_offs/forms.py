"""What the two ways of signing share: which text, for which municipality, in which words."""

from __future__ import annotations

from typing import TypedDict

from starlette.requests import Request

from server.domain import permissions
from server.domain.errors import StaleRevision
from server.domain.people.persons import Person
from server.domain.sign_offs import SignOff
from server.web.declarations.situations import read_page
from server.web.http.addresses import declaration_path, slug_of
from server.web.http.forms import Form
from server.web.sign_offs.answering import read_answering
from server.web.sign_offs.signing import wording


class SignOffArguments(TypedDict):
    """Arguments of the actions that begin a sign-off."""

    actor: Person
    slug: str
    digest: str
    mandate_id: int
    wording: str


async def read_sign_off(request: Request, form: Form) -> SignOffArguments:
    """Raises StaleRevision when the page showed another text. The wording is ours, not the browser's."""
    answering = await read_page(request, permissions.can_sign, read_answering)
    digest, mandate = form.text("digest", 64), answering.find_mandate(form.number("mandate"))
    access, current = answering.access, answering.current
    if current is None or current.digest != digest:
        raise StaleRevision()
    return SignOffArguments(
        actor=access.person,
        slug=slug_of(request),
        digest=digest,
        mandate_id=mandate.id,
        wording=wording(request, access.declaration, current, mandate),
    )


def confirmation_path(request: Request, given: SignOff) -> str:
    """Where the person sees what they have just signed."""
    return declaration_path(request, f"sign?municipality={given.municipality.ags}")
