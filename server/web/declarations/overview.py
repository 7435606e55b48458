"""A declaration's overview: how things stand, what decides, what to do next, and what happened last."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.declarations import Phase
from server.domain.permissions import Access
from server.domain.text.sections.sections import SectionState, Standing, standing_of
from server.domain.text.suggestions.put_off import without
from server.storage.declarations.attendance import Attendance, read_attendance
from server.storage.engine.types import Reader
from server.storage.people.municipalities import read_signatories
from server.storage.people.persons import read_knows_help
from server.storage.text.branches import read_put_off
from server.storage.text.comments.reading import read_open
from server.storage.text.sections import read_states
from server.storage.text.update_log import read_log
from server.sync.projection import read_text
from server.sync.sections import read_sections
from server.web.declarations.framing import render_framed
from server.web.declarations.links import links_for
from server.web.declarations.next_step import NextStep, next_step
from server.web.declarations.progress import chosen
from server.web.declarations.situations import Facts, read_facts, read_page
from server.web.declarations.standing.outcomes import PARAMETER, outcome_of
from server.web.declarations.standing.readiness import Readiness, judge
from server.web.declarations.standing.way import way_ahead
from server.web.help.guides import guides_for
from server.web.http.addresses import DECLARATION
from server.web.http.pages.links import Action
from server.web.http.pages.rendering import RELOAD, is_part
from server.web.record.log_page import Entry, read_newest
from server.web.sentences.messages import N_, Message

SHOWN_EVENTS: Final = 6
MOST_THREADS: Final = 1_000
"""Open comments that are counted."""


@dataclass(frozen=True, slots=True)
class Overview:
    """`updates`: the live text's log, for whoever may fix it, else None; `put_off`: suggestions that wait for
    the next round; `threads`: open comments; `states`: what is known of sections; `signatories`:
    municipalities that somebody may sign for; `events`: newest first, for whoever may read the log;
    `is_first_visit`: until the person has put its hint away."""

    facts: Facts
    attendance: Attendance | None
    updates: Sequence[bytes] | None
    put_off: frozenset[str]
    threads: Sequence[str]
    states: Mapping[str, SectionState]
    signatories: int
    events: Sequence[Entry]
    is_first_visit: bool


async def overview(request: Request) -> Response:
    page = await read_page(request, permissions.can_see, _read)
    facts, access = page.facts, page.facts.access
    readiness = await _judge(page)
    answer, query = request.query_params.get("answer", ""), request.query_params.get("q", "")
    response = render_framed(
        request,
        "declarations/overview.html",
        access,
        facts=facts,
        page=page,
        next=_next(page, readiness),
        readiness=readiness,
        outcome=outcome_of(request.query_params.get(PARAMETER, ""), facts),
        way=way_ahead(access),
        guides=guides_for(access.roles) if page.is_first_visit else [],
        links=links_for(facts),
        shown=chosen(facts.progress, answer, query),
        answer=answer,
        query=query,
        may_read=permissions.can_read_revisions(access),
        may_follow=permissions.can_follow_sign_offs(access),
    )
    if is_part(request) and access.phase is not Phase.SIGNING:
        response.headers[RELOAD] = "true"  # only the sign-offs ask again, and their phase is over
    return response


def _read(db: Reader, access: Access, now: datetime) -> Overview:
    facts, declaration = read_facts(db, access, now), access.declaration
    attends = read_attendance(db, declaration.id, declaration.text_id) if _may_count(access) else None
    updates = read_log(db, declaration.text_id).updates if permissions.can_freeze(access) else None
    put_off = read_put_off(db, declaration.id)
    text_id = declaration.text_id
    threads = [thread.key for thread in read_open(db, text_id, 0, MOST_THREADS)] if updates else []
    states = read_states(db, text_id) if updates else {}
    asked = read_signatories(db, [declaration.id], now)[declaration.id] if updates is not None else []
    signatories = len({one.municipality.ags for one in asked})
    events = read_newest(db, access, SHOWN_EVENTS) if permissions.can_read_log(access) else []
    is_first = not read_knows_help(db, access.person.id)
    return Overview(facts, attends, updates, put_off, threads, states, signatories, events, is_first)


def _may_count(access: Access) -> bool:
    """How many take part is shown to those who write together, while they do."""
    return permissions.can_join_room(access)


async def _judge(page: Overview) -> Readiness | None:
    if page.updates is None:
        return None
    blocks = without(await asyncio.to_thread(read_text, page.updates), page.put_off)
    declaration, standing = page.facts.access.declaration, list[Standing]()
    if page.states:  # as long as nobody speaks of sections, nobody is asked about them
        standing = standing_of(await asyncio.to_thread(read_sections, page.updates), page.states)
    return await asyncio.to_thread(judge, declaration, blocks, page.signatories, page.threads, standing)


def _next(page: Overview, readiness: Readiness | None) -> NextStep:
    """Whoever may fix the text is led to what is missing, or to fixing it."""
    step = next_step(page.facts.situation)
    if readiness is None:
        return step
    if page.attendance and page.attendance.invited == 1:
        invite = Action(N_("Invite people"), page.facts.situation.path("people"))
        alone = Message(N_("Nobody but you takes part yet."))
        return NextStep(alone, Message(N_("Invite those who write along and those who sign.")), invite)
    freeze = Action(N_("Fix the text as a revision"), page.facts.situation.path("freeze"))
    heading = Message(N_("Everything is ready. You can fix the text."))
    if readiness.missing:
        count = {"count": len(readiness.missing)}
        heading = Message(N_("Points to settle before the text is fixed: %(count)s"), count)
    return NextStep(heading, step.sentence, readiness.first_way or freeze)


ROUTES = [Route(DECLARATION, overview)]
