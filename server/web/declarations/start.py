"""The start page: what is to do next, or what this place is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.declarations import Phase
from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.domain.person_rights import may_create_declarations, may_edit_pages
from server.storage.declarations.listing import read_first
from server.storage.engine.types import Reader
from server.storage.text.revisions import read_heads
from server.web.declarations.next_step import NextStep, Situation, next_step
from server.web.declarations.progress import Progress
from server.web.declarations.situations import read_progress, situation_of
from server.web.declarations.steps import Step, steps_of
from server.web.http.context import services_of
from server.web.http.pages.rendering import render
from server.web.http.visits import visit_of
from server.web.record.legal_pages import read_gaps

MOST: Final = 10
"""Declarations on the start page; the list has all."""


@dataclass(frozen=True, slots=True)
class Card:
    """A declaration on the start page."""

    situation: Situation

    @property
    def access(self) -> Access:
        return self.situation.access

    @property
    def waits(self) -> bool:
        """For this very person's answer."""
        return self.access.phase is Phase.SIGNING and bool(self.situation.unanswered)

    @property
    def next(self) -> NextStep:
        return next_step(self.situation)

    @property
    def steps(self) -> list[Step]:
        return steps_of(self.access.declaration)


async def start(request: Request) -> Response:
    person, services = visit_of(request).person, services_of(request)
    if person is None:
        return render(request, "declarations/welcome.html", next_path="/")
    now = services.now()
    may_edit = may_edit_pages(person)
    cards, gaps = await services.database.ask(
        lambda db: (read_cards(db, person, now), read_gaps(db) if may_edit else [])
    )
    main = next((card for card in cards if card.next.action), None)
    return render(
        request,
        "declarations/start.html",
        cards=cards,
        main=main,
        gaps=gaps,
        may_create=may_create_declarations(person),
    )


def read_cards(db: Reader, person: Person, now: datetime) -> list[Card]:
    """Of what the person takes part in the first: what waits for them, then where the sign-offs are running,
    then the newest. How far they are is asked where they are running."""
    accesses = read_first(db, person, MOST, now)
    signing = [access.declaration for access in accesses if access.phase is Phase.SIGNING]
    fixed = read_heads(db, [declaration.text_id for declaration in signing]) if signing else {}
    heads = {declaration.id: fixed[declaration.text_id] for declaration in signing}
    progress = read_progress(db, heads, now) if signing else {}
    nothing = Progress(())
    cards = [Card(situation_of(a, progress.get(a.declaration.id, nothing), now)) for a in accesses]
    return sorted(cards, key=lambda card: not card.waits)


ROUTES = [Route("/", start)]
