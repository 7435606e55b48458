"""Giving, changing and ending the mandates of one municipality."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.people import mandates as acts
from server.actions.people.judging import Entered
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.invitations.role_words import DEPUTY_OFFICES, OFFICES
from server.domain.people.mandate_errors import EndedMandate, FaultyMandate
from server.domain.people.mandate_terms import LAST_RANK, Fault, HeldMandate, MandateTerms
from server.domain.people.mandates import MandateKind
from server.domain.sentences import N_
from server.domain.terms.local_time import FIRST_YEAR, LAST_YEAR, day_of
from server.web.declarations.framing import render_framed
from server.web.http.addresses import slug_of
from server.web.http.context import services_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.people.municipalities.page import TOWN, said_of, town_address
from server.web.people.municipalities.reading import MANDATE_LABELS, TownPage, last_day, load_town
from server.web.sentences.messages import Message

MANDATE: Final = f"{TOWN}/mandates/{{mandate:int}}"
_FIELDS: Final = ("name", "email", "kind", "title", "first", "last", "reason", "rank")
_NO_DAY: Final = N_("Please enter a day.")


async def give_form(request: Request) -> Response:
    page = await load_town(request)
    kind = page.gives[0].value if page.gives else ""
    return _form_page(request, page, {"kind": kind, "first": day_of(page.now).isoformat(), "rank": "1"})


async def give(request: Request, form: Form) -> Response:
    typed = _typed(form)
    page = await load_town(request)
    kind = next((kind for kind in page.gives if kind.value == typed["kind"]), None)
    if kind is None:
        raise NotAllowed()
    try:
        await acts.give_mandate(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            ags=page.town.ags,
            who=Entered(typed["name"], typed["email"], form.typed("looked_at")),
            terms=_terms(typed, kind, page.now),
        )
    except FaultyMandate as error:
        return _form_page(request, page, {**typed, "looked_at": error.doubtful}, 422, said_of(error))
    return RedirectResponse(town_address(request, "given"), 303)


async def change_form(request: Request) -> Response:
    page, held = await _load(request)
    mandate = held.mandate
    typed = {
        "title": mandate.title,
        "first": day_of(mandate.since).isoformat(),
        "last": last_day(mandate),
        "reason": mandate.reason,
        "rank": str(mandate.rank),
    }
    return _form_page(request, page, typed, held=held)


async def change(request: Request, form: Form) -> Response:
    page, held = await _load(request)
    typed = _typed(form)
    try:
        await acts.change_mandate(
            services_of(request),
            actor=person_of(request),
            slug=slug_of(request),
            ags=page.town.ags,
            mandate_id=held.mandate.id,
            terms=_terms(typed, held.mandate.kind, page.now),
        )
    except FaultyMandate as error:
        return _form_page(request, page, typed, 422, said_of(error), held=held)
    return RedirectResponse(town_address(request, "changed"), 303)


async def confirm_end(request: Request) -> Response:
    page, held = await _load(request)
    return render_framed(request, "people/municipalities/end.html", page.access, page=page, held=held)


async def end(request: Request, form: Form) -> Response:
    page, held = await _load(request)
    await acts.end_mandate(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        ags=page.town.ags,
        mandate_id=held.mandate.id,
        reason=" ".join(form.optional_text("reason", 200).split()),
    )
    return RedirectResponse(town_address(request, "ended"), 303)


async def _load(request: Request) -> tuple[TownPage, HeldMandate]:
    """One of this municipality in this declaration that the person may change. Raises NotFound, NotAllowed,
    EndedMandate."""
    page = await load_town(request)
    held = page.find(int(request.path_params["mandate"]))
    if held is None:
        raise NotFound(what="mandate")
    if held.mandate.kind not in page.gives:
        raise NotAllowed()
    if held.mandate.until is not None and held.mandate.until <= page.now:
        raise EndedMandate()
    return page, held


def _typed(form: Form) -> dict[str, str]:
    return {key: " ".join(form.typed(key).split()) for key in _FIELDS}


def _terms(typed: Mapping[str, str], kind: MandateKind, now: datetime) -> MandateTerms:
    """Raises FaultyMandate for what is no day."""
    faults: list[Fault] = []
    first = _day(typed, "first", faults) or day_of(now)
    last = _day(typed, "last", faults)
    if faults:
        raise FaultyMandate(faults)
    rank = int(typed["rank"]) if typed["rank"].isdecimal() and len(typed["rank"]) < 3 else 0
    rank = rank if kind is MandateKind.DEPUTY else 1
    return MandateTerms(kind, typed["title"], first, last, typed["reason"], rank)


def _day(typed: Mapping[str, str], field: str, faults: list[Fault]) -> date | None:
    try:
        day = date.fromisoformat(typed[field]) if typed[field] else None
    except ValueError:
        day = date.min
    if day is not None and not FIRST_YEAR <= day.year < LAST_YEAR:
        faults.append(Fault(field, _NO_DAY))
        return None
    return day


def _form_page(
    request: Request,
    page: TownPage,
    typed: Mapping[str, str],
    status: int = 200,
    said: Mapping[str, Message] | None = None,
    held: HeldMandate | None = None,
) -> Response:
    if not page.gives:
        raise NotAllowed()
    return render_framed(
        request,
        "people/municipalities/mandate.html",
        page.access,
        status,
        page=page,
        held=held,
        kinds={kind.value: MANDATE_LABELS[kind] for kind in page.gives},
        titles=(*OFFICES, *DEPUTY_OFFICES) if MandateKind.MAYOR in page.gives else DEPUTY_OFFICES,
        ranks=range(1, LAST_RANK + 1),
        typed={**dict.fromkeys(_FIELDS, ""), **typed},
        said=said or {},
    )


ROUTES = [
    Route(f"{TOWN}/mandates", give_form),
    form_route(f"{TOWN}/mandates", give),
    Route(MANDATE, change_form),
    form_route(MANDATE, change),
    Route(f"{MANDATE}/end", confirm_end),
    form_route(f"{MANDATE}/end", end),
]
