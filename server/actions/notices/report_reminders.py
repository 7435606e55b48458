"""The coordination reminds the municipalities that have not filled in the yearly report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from server.actions.notices.reminding import QUIET
from server.actions.services import Services
from server.domain.audit import Tag
from server.domain.declarations import Declaration
from server.domain.errors import InvalidInput
from server.domain.people.persons import Person
from server.domain.permissions import can_remind_of_report
from server.domain.release.reports import NobodyToRemind, Reporter, who_reports, years_of
from server.mail.notices.declarations import ReportWanted
from server.storage.engine.types import Reader
from server.storage.notices import reminders
from server.storage.notices.reminders import SentReminder
from server.storage.release.reports import read_entries, read_reporters
from server.storage.release.signed import read_towns_behind


@dataclass(frozen=True, slots=True)
class ReportReach:
    """`missing`: the names of the municipalities that have not reported, by official key; `total`: of how
    many. `people` get a mail now; `recent` were reminded within a day, `unwilling` do not want to be: neither
    gets one. `sent`: newest first."""

    total: int
    missing: Mapping[str, str]
    people: tuple[Reporter, ...]
    recent: tuple[Reporter, ...]
    unwilling: tuple[Reporter, ...]
    sent: tuple[SentReminder, ...]

    @property
    def speechless(self) -> list[str]:
        """Municipalities in which nobody can be written to."""
        known = {each.ags for each in (*self.people, *self.recent, *self.unwilling)}
        return [name for ags, name in self.missing.items() if ags not in known]


def read_reach(db: Reader, declaration: Declaration, year: int, now: datetime) -> ReportReach:
    """Of a published one."""
    towns, audience = read_towns_behind(db, declaration), _audience(year)
    reported = {entry.ags for entry in read_entries(db, declaration.id, year)}
    missing = {town.ags: town.name for town in towns if town.ags not in reported}
    asked = who_reports(read_reporters(db, declaration.id, now), missing)
    unwilling = reminders.read_unwilling(db, {each.person.id for each in asked})
    recent = reminders.read_reminded(db, declaration.id, now - QUIET, audience) - unwilling
    return ReportReach(
        len(towns),
        missing,
        tuple(each for each in asked if each.person.id not in unwilling | recent),
        tuple(each for each in asked if each.person.id in recent),
        tuple(each for each in asked if each.person.id in unwilling),
        tuple(reminders.read_reminders(db, declaration.id, audience)),
    )


async def remind_of_report(services: Services, *, actor: Person, slug: str, year: int) -> int:
    """Each with the address of their form. How many mails wait. Raises InvalidInput for a year that there is
    not, NobodyToRemind."""
    async with services.act(actor=actor, slug=slug, may=can_remind_of_report, lock=True) as act:
        declaration = act.access.declaration
        released = declaration.release_at
        if released is None or year not in years_of(released, act.now):
            raise InvalidInput(field="year")
        reach = await act.db.run_sync(read_reach, declaration, year, act.now)
        if not reach.people:
            raise NobodyToRemind()
        for each in reach.people:
            link = act.address(f"reports?year={year}&town={each.ags}")
            await act.notify(each.person, _notice(each, reach, declaration.title, year, actor, link))
        await reminders.append_reminder(
            act.db,
            declaration_id=declaration.id,
            sender=actor.id,
            audience=_audience(year),
            text="",
            recipients={each.person.id for each in reach.people},
            now=act.now,
        )
        act.record(Tag.REPORT_REMIND, {"year": year, "recipients": len(reach.people)})
    return len(reach.people)


def _notice(
    reporter: Reporter, reach: ReportReach, title: str, year: int, actor: Person, link: str
) -> ReportWanted:
    return ReportWanted(
        reporter.person.name,
        title,
        reach.missing[reporter.ags],
        year,
        reach.total - len(reach.missing),
        reach.total,
        actor.name,
        link,
    )


def _audience(year: int) -> str:
    """What is written in the place of a municipality's key."""
    return f"report-{year}"
