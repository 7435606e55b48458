"""Yearly reports: offices and mayors fill in for their municipality, the coordination for any; it reminds,
and publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.actions.notices.report_reminders import ReportReach, read_reach, remind_of_report
from server.actions.release import reporting
from server.domain.errors import InvalidInput, KraftaktError, NotFound
from server.domain.people.municipalities import Municipality
from server.domain.people.roles import COORDINATORS
from server.domain.permissions import (
    Access,
    can_amend,
    can_remind_of_report,
    can_report,
    own_municipalities,
)
from server.domain.release.reports import (
    MAX_NOTE,
    Commitment,
    NobodyToRemind,
    NothingReported,
    Progress,
    ReportEntry,
    commitments_of,
    newest_editions,
    years_of,
)
from server.storage.engine.types import Reader
from server.storage.release.reports import read_entries
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION, declaration_path, slug_of
from server.web.http.context import services_of
from server.web.http.errors import problem_of
from server.web.http.forms import Form, form_route
from server.web.http.visits import person_of
from server.web.release.public.progress import Bar, bars_of
from server.web.release.public.state import Published, gather

REPORTS: Final = f"{DECLARATION}/reports"
SENT: Final = "reminded"


@dataclass(frozen=True, slots=True)
class Shown:
    """`town`: whose report is filled in, None for the coordination that has chosen none. `reach`: whom a
    reminder would reach, for the coordination."""

    access: Access
    page: Published
    year: int
    years: Sequence[int]
    commitments: Sequence[Commitment]
    entries: Sequence[ReportEntry]
    town: Municipality | None
    reach: ReportReach | None = None

    @property
    def bars(self) -> list[Bar]:
        return bars_of(self.commitments, self.entries, len(self.page.rows))

    @property
    def reported(self) -> frozenset[str]:
        """Official keys, of municipalities that stand behind the text."""
        return frozenset(entry.ags for entry in self.entries if entry.ags in self.page.by_key)

    @property
    def own(self) -> dict[str, ReportEntry]:
        return {each.clause: each for each in self.entries if self.town and each.ags == self.town.ags}

    @property
    def published_at(self) -> datetime | None:
        editions = newest_editions(self.page.editions)
        return next((each.published_at for each in editions if each.year == self.year), None)


async def reports_page(request: Request) -> Response:
    return await _show(request, request.query_params.get("year", ""), request.query_params.get("town", ""))


async def save(request: Request, form: Form) -> Response:
    year, ags = form.number("year"), form.text("town", 12)
    try:
        entries = _read_entries(form, ags)
    except InvalidInput as error:
        return await _show(request, str(year), ags, error, form)
    await reporting.save_report(
        services_of(request),
        actor=person_of(request),
        slug=slug_of(request),
        year=year,
        ags=ags,
        entries=entries,
    )
    return RedirectResponse(declaration_path(request, f"reports?year={year}&town={ags}"), 303)


async def publish(request: Request, form: Form) -> Response:
    year = form.number("year")
    try:
        await reporting.publish_report(
            services_of(request), actor=person_of(request), slug=slug_of(request), year=year
        )
    except NothingReported as error:
        return await _show(request, str(year), "", error)
    return RedirectResponse(declaration_path(request, f"reports?year={year}"), 303)


async def remind(request: Request, form: Form) -> Response:
    year = form.number("year")
    try:
        mails = await remind_of_report(
            services_of(request), actor=person_of(request), slug=slug_of(request), year=year
        )
    except NobodyToRemind as error:
        return await _show(request, str(year), "", error)
    return RedirectResponse(declaration_path(request, f"reports?year={year}&{SENT}={mails}"), 303)


def _read_entries(form: Form, ags: str) -> list[ReportEntry]:
    """What has no answer is left out. Raises InvalidInput."""
    entries = []
    for name, value in form.everything().items():
        clause = name.removeprefix("progress_")
        if clause == name or not value:
            continue
        progress = next((each for each in Progress if each == value), None)
        if progress is None:
            raise InvalidInput(field=name)
        note = " ".join(form.optional_text(f"note_{clause}", MAX_NOTE).split())
        entries.append(ReportEntry(ags, clause, progress, note))
    return entries


def _read(db: Reader, access: Access, now: datetime, year: str, ags: str) -> Shown:
    page = gather(db, access.declaration, now)
    years = years_of(page.released_at, now)
    chosen = next((each for each in years if str(each) == year), years[0])
    entries = read_entries(db, access.declaration.id, chosen)
    town = _town(page, access, ags)
    may_remind = can_remind_of_report(access)
    reach = read_reach(db, access.declaration, chosen, now) if may_remind and not town else None
    return Shown(access, page, chosen, years, commitments_of(page.content), entries, town, reach)


def _town(page: Published, access: Access, ags: str) -> Municipality | None:
    """The one that was asked for, or one's own, if it stands behind the text."""
    wanted = ags or next((town.ags for town in own_municipalities(access)), "")
    if ags and not reporting.may_report_for(access, ags):
        raise NotFound(what="municipality")
    row = page.by_key.get(wanted)
    return row.town if row else None


async def _show(
    request: Request, year: str, ags: str, error: KraftaktError | None = None, form: Form | None = None
) -> Response:
    def read(db: Reader, access: Access, now: datetime) -> Shown:
        return _read(db, access, now, year, ags)

    shown = await read_page(request, can_report, read)
    problem = problem_of(error) if error else None
    sent = request.query_params.get(SENT, "")
    return render_framed(
        request,
        "release/reports.html",
        shown.access,
        problem.status if problem else 200,
        shown=shown,
        page=shown.page,
        problem=problem,
        typed=form.everything() if form else None,
        choices=tuple(Progress),
        longest=MAX_NOTE,
        coordinates=shown.access.has(COORDINATORS),
        sent=int(sent) if sent.isdecimal() and len(sent) < 6 else 0,
        may_publish=can_amend(shown.access),
    )


ROUTES = [
    Route(REPORTS, reports_page),
    form_route(REPORTS, save),
    form_route(f"{REPORTS}/publish", publish),
    form_route(f"{REPORTS}/remind", remind),
]
