"""The start page: what is to do next, or what this place is."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.declarations import Phase
from server.domain.permissions import Access
from server.storage.declarations import declarations
from server.web.declarations.next_step import NextStep, next_step, step_line
from server.web.declarations.situations import Facts, load_facts
from server.web.http.context import services_of
from server.web.http.rendering import render
from server.web.http.visits import visit_of


@dataclass(frozen=True, slots=True)
class Card:
    """A declaration on the start page."""

    facts: Facts

    @property
    def access(self) -> Access:
        return self.facts.access

    @property
    def waits(self) -> bool:
        """For this very person's answer."""
        return self.access.phase is Phase.SIGNING and bool(self.facts.unanswered)

    @property
    def next(self) -> NextStep:
        return next_step(self.facts.situation)

    @property
    def steps(self) -> list[tuple[Phase, str]]:
        return step_line(self.access.phase)


async def start(request: Request) -> Response:
    visit = visit_of(request)
    if visit.person is None:
        return render(request, "declarations/welcome.html", next_path="/")
    services = services_of(request)
    now = services.now()
    async with services.database.read() as db:
        accesses = await declarations.list_for(db, visit.person.id, now)
    cards = [Card(await load_facts(services, access, now)) for access in accesses]
    cards.sort(key=lambda card: not card.waits)  # stable: newest first otherwise
    main = next((card for card in cards if card.next.action), None)
    return render(request, "declarations/start.html", cards=cards, main=main)


ROUTES = [Route("/", start)]
