"""Decisions about suggestions: the editor tells them, and a page lists them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.actions.text.deciding import record_decisions
from server.domain.errors import InvalidInput
from server.domain.text.suggestions.decisions import MAX_WORDS, MOST_AT_ONCE, Decision, Kept, Verdict
from server.storage.engine.types import Reader
from server.storage.text.decisions import read_decisions
from server.web.declarations.framing import render_framed
from server.web.http.addresses import slug_of
from server.web.http.bodies.bodies import Takes
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.text.shown import ShownText, at_each_text, language_of, read_text_page

SHOWN: Final = 500
"""Decisions on the page, the newest."""


async def decisions(request: Request) -> Response:
    def read(db: Reader, text: ShownText, _: datetime) -> tuple[ShownText, list[Kept]]:
        return text, read_decisions(db, text.text_id, SHOWN)

    text, kept = await read_text_page(request, lambda rights: rights.kept, read)
    return render_framed(
        request, "text/suggestions/decisions.html", text.access, text=text, kept=kept, most=SHOWN
    )


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
        language=language_of(request),
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


ROUTES = at_each_text(
    lambda place: (
        Route(f"{place}/decisions", decisions),
        form_route(f"{place}/decisions", record, Takes.JSON),
    )
)
