"""„Stand der Umsetzung“: offices fill in, the coordination publishes, all read it drawn and written."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from server.domain.release.reports import commitments_of
from server.web.http.kept import feeds
from tests.web.release.test_accession import E, public
from tests.web.site import HOME, Site
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
    drawn = re.findall(r'<rect class="p-bar--(\w+)" x="(\d+)" width="(\d+)"', page.source)
    assert drawn == [("done", "0", "300"), ("under_way", "300", "300")]
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
    assert public.visitor("doris").open(PAGE).status == 403
    assert public.visitor("frank").open(PAGE).status == 404
    assert fill(public, "anna", OFFENBURG, "done", year="2020") == 422
    assert fill(public, "anna", OFFENBURG, "perfect") == 422
    assert publish(public) == 409  # nobody has reported


def test_the_year_before_can_be_reported_after_new_year(public: Site) -> None:
    public.world.time += timedelta(days=200)
    assert fill(public, "anna", OFFENBURG, "done", year="2026") == 303
    assert publish(public) == 303
