"""Decisions about suggestions: the editor tells them, and a page lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.text.deciding import record_decisions
from server.domain import permissions
from server.domain.errors import InvalidInput
from server.domain.permissions import Access
from server.domain.text.suggestions.decisions import MAX_WORDS, MOST_AT_ONCE, Decision, Kept, Verdict
from server.storage.engine.types import Reader
from server.storage.text.decisions import read_decisions
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of

SHOWN: Final = 500
"""Decisions on the page, the newest."""
_PATH: Final = f"{DECLARATION}/decisions"
_OF_TRANSLATIONS: Final = f"{DECLARATION}/translations/{{language}}/decisions"


async def decisions(request: Request) -> Response:
    def read(db: Reader, access: Access, _: datetime) -> tuple[Access, list[Kept]]:
        return access, read_decisions(db, access.declaration.text_id, SHOWN)

    access, kept = await read_page(request, permissions.can_see_history, read)
    return render_framed(request, "text/suggestions/decisions.html", access, kept=kept, most=SHOWN)


async def record(request: Request, form: Form) -> Response:
    """`decisions`: a list of objects as `client/src/editor/suggestions/decisions.ts` makes them."""
    said = form.fields.get("decisions")
    if not isinstance(said, list) or not 0 < len(said) <= MOST_AT_ONCE:
        raise InvalidInput(field="decisions")
    found = [_decision(each) for each in said]
    await record_decisions(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        decisions=found,
        language=str(request.path_params.get("language", "")),
    )
    return Response(status_code=204)


def _decision(said: object) -> Decision:
    """Raises InvalidInput."""
    if not isinstance(said, Mapping):
        raise InvalidInput(field="decisions")
    fields = Form(said)
    verdict = fields.text("verdict", 20)
    if verdict not in set(Verdict):
        raise InvalidInput(field="verdict")
    return Decision(
        fields.text("suggestion", 64),
        Verdict(verdict),
        fields.number("person"),
        fields.optional_text("municipality", 200),
        fields.optional_text("words", MAX_WORDS),
    )


ROUTES = [
    Route(_PATH, decisions),
    form_route(_PATH, record, Takes.JSON),
    form_route(_OF_TRANSLATIONS, record, Takes.JSON),
]
