"""„Stand der Umsetzung“: offices fill in, the coordination publishes, all read it drawn and written."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from server.domain.notices.kinds import NoticeKind, Pace
from server.domain.release.reports import commitments_of
from server.storage.declarations.declarations import load_declaration
from server.storage.notices.choices import store_choices
from server.storage.people.participants import remove_participant
from server.web.http.kept import feeds
from tests.web.release.test_accession import E, public
from tests.web.site import HOME, Page, Site
from tests.world import LAHR, OFFENBURG, SLUG

__all__ = ["public"]
PAGE = f"{HOME}/reports"


@pytest.fixture(autouse=True)
def _nobody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "FRESH", 0.0)


def clause(site: Site) -> str:
    return commitments_of(site.world.revision.text)[0].number


def fill(site: Site, name: str, town: str, progress: str, note: str = "", year: str = "2026") -> int:
    person, number = site.visitor(name), clause(site)
    person.open(PAGE)
    said = {f"progress_{number}": progress, f"note_{number}": note}
    return person.send(PAGE, year=year, town=town, **said).status


def publish(site: Site) -> int:
    clara = site.visitor("clara")
    clara.open(PAGE)
    return clara.send(f"{PAGE}/publish", year="2026").status


def test_what_offices_fill_in_is_public_once_the_coordination_publishes_it(public: Site) -> None:
    assert fill(public, "anna", OFFENBURG, "done", "Seit Mai im Betrieb.") == 303
    assert "Seit Mai im Betrieb." in public.visitor("anna").open(PAGE).source
    assert fill(public, "clara", LAHR, "under_way") == 303
    assert "Umsetzung" not in public.visitor().open(E).text
    assert public.visitor().open(f"{E}/umsetzung/2026").status == 404
    assert publish(public) == 303
    page = public.visitor().open(E)
    assert "Stand der Umsetzung 2026" in page.text
    assert "1 umgesetzt" in page.text
    assert "1 in Umsetzung" in page.text
    drawn = re.findall(r'<rect class="p-(\w+)"(?: x="(\d+)")? width="(\d+)"', page.source)
    assert drawn == [("done", "", "300"), ("under_way", "300", "300")]
    report = public.visitor().open(f"{E}/umsetzung/2026")
    assert "Seit Mai im Betrieb." in report.text
    assert "Stadt Offenburg" in report.text
    said = public.visitor().open(f"/api/v1/declarations/{SLUG}").data["reports"]
    assert [(each["year"], len(each["entries"])) for each in said] == [(2026, 2)]
    assert "Stand der Umsetzung 2026" in public.visitor().open(f"{E}/feed.atom").source


def test_an_edition_does_not_change_until_another_one_is_published(public: Site) -> None:
    fill(public, "anna", OFFENBURG, "not_begun")
    publish(public)
    fill(public, "anna", OFFENBURG, "done")
    assert "1 noch nicht begonnen" in public.visitor().open(E).text
    public.world.wait(minutes=1)
    publish(public)
    assert "1 umgesetzt" in public.visitor().open(E).text


def test_an_office_fills_in_for_its_own_municipality_only(public: Site) -> None:
    assert fill(public, "anna", LAHR, "done") == 404
    assert public.visitor("anna").open(f"{PAGE}?town={LAHR}").status == 404
    assert public.visitor("emil").open(PAGE).status == 403
    assert public.visitor("frank").open(PAGE).status == 404
    assert fill(public, "anna", OFFENBURG, "done", year="2020") == 422
    assert fill(public, "anna", OFFENBURG, "perfect") == 422
    assert publish(public) == 409  # nobody has reported
    assert fill(public, "doris", OFFENBURG, "under_way") == 303  # the mayor too


def test_the_year_before_can_be_reported_after_new_year(public: Site) -> None:
    public.world.time += timedelta(days=200)
    assert fill(public, "anna", OFFENBURG, "done", year="2026") == 303
    assert publish(public) == 303


def remind(site: Site, name: str = "clara", year: str = "2026") -> Page:
    person = site.visitor(name)
    person.open(PAGE)
    return person.send(f"{PAGE}/remind", year=year)


def asked(site: Site, since: int) -> list[tuple[str, str]]:
    """Recipient and link of each mail about a report after the first `since`."""
    found = [one for one in site.world.letters[since:] if "Stand der Umsetzung" in one.subject]
    return [(one.recipient, re.findall(r"http\S*reports\S*", one.body)[0]) for one in found]


def test_offices_that_have_not_reported_are_reminded_once_a_day_of_their_own_form(public: Site) -> None:
    world = public.world
    clara = public.visitor("clara")
    page = clara.open(PAGE)
    drawn = re.findall(r'class="is-(signed|open)" d="([^"]*)"', page.source)
    assert [(kind, d.count("z")) for kind, d in drawn] == [("open", 2)]
    fill(public, "ben", LAHR, "done")
    drawn = re.findall(r'class="is-(signed|open)" d="([^"]*)"', clara.open(PAGE).source)
    assert [(kind, d.count("z")) for kind, d in drawn] == [("signed", 1), ("open", 1)]
    before = len(world.letters)
    sent = remind(public)
    assert sent.location == f"{PAGE}?year=2026&reminded=1"
    assert "1 Erinnerung ist unterwegs" in clara.open(sent.location).text
    link = f"{world.services.base_url}{PAGE}?year=2026&town={OFFENBURG}"
    assert asked(public, before) == [("anna@example.org", link)]
    assert public.visitor("anna").open(f"{PAGE}?year=2026&town={OFFENBURG}").status == 200
    assert world.tags[-1] == "declaration:report:remind"
    again = remind(public)
    assert again.status == 409
    assert "in den letzten 24 Stunden erinnert" in again.text
    world.wait(days=1, minutes=1)
    assert remind(public).status == 303
    assert [name for name, _ in asked(public, before)] == ["anna@example.org"] * 2
    fill(public, "anna", OFFENBURG, "done")
    world.wait(days=2)
    assert remind(public).status == 409


def test_where_there_is_no_office_the_mayor_is_reminded_and_who_wants_none_is_left_in_peace(
    public: Site,
) -> None:
    world = public.world
    anna, ben = world.person("anna"), world.person("ben")

    async def leave_and_choose() -> None:
        async with world.services.database.write() as db:
            declaration = await load_declaration(db, SLUG)
            await remove_participant(db, declaration.id, anna.id, world.services.now())
            await store_choices(db, ben.id, {NoticeKind.REMINDER: Pace.NONE})

    world.run(leave_and_choose())
    before = len(world.letters)
    assert "1 Person möchte keine Erinnerungen" in public.visitor("clara").open(PAGE).text
    assert remind(public).status == 303
    assert [name for name, _ in asked(public, before)] == ["doris@example.org"]


def test_only_the_coordination_reminds_and_only_of_years_that_there_are(public: Site) -> None:
    assert remind(public, "anna").status == 403
    assert remind(public, year="2020").status == 422


def test_nothing_is_reported_for_a_municipality_that_does_not_stand_behind_the_text(public: Site) -> None:
    assert fill(public, "clara", "08317057", "done") == 404
    assert fill(public, "clara", "99999999", "done") == 404
    assert publish(public) == 409
