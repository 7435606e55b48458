"""The list of declarations stays pleasant with 200: searched, narrowed, paged, by the address alone."""

from __future__ import annotations

import re

import pytest

from server.actions.declarations.ending import archive_declaration
from server.domain.people.roles import Role
from server.storage.declarations import seeding
from tests.web.site import HOME, Page, Site, listening

LIST = "/declarations"


async def add(db: object, person: int, count: int, now: object) -> None:
    for number in range(count):
        declaration = await seeding.add_declaration(
            db,  # type: ignore[arg-type]
            slug=f"weitere-{number}",
            title=f"Öffentliche Erklärung {number}",
            issuer="Kreis Süd" if number % 2 else "Kreis Nord",
            deadline=None,
            embargo=None,
            now=now,  # type: ignore[arg-type]
        )
        role = Role.COORDINATOR if number < 30 else Role.PRESS
        await seeding.add_participant(
            db,  # type: ignore[arg-type]
            declaration_id=declaration.id,
            person_id=person,
            role=role,
        )


@pytest.fixture
def many(site: Site) -> Site:
    site.write(add, site.world.person("clara").id, 199, site.world.time)
    return site


def names(page: Page) -> list[str]:
    return re.findall(r'scope="row"[^>]*><a[^>]*>([^<]+)<', page.source)


def test_it_shows_twenty_newest_first_and_leads_on(many: Site) -> None:
    clara = many.visitor("clara")
    page = clara.open(LIST)
    assert page.heading == "200 Erklärungen"
    assert names(page) == [f"Öffentliche Erklärung {number}" for number in range(198, 178, -1)]
    assert f"{LIST}?page=2" in page.links
    last = clara.open(f"{LIST}?page=10")
    assert names(last)[-1] == "Erklärung"
    assert "Seite 10 von 10" in last.text
    assert clara.open(f"{LIST}?page=9999").text == last.text


def test_words_are_found_whatever_their_case_and_umlauts(many: Site) -> None:
    clara = many.visitor("clara")
    assert names(clara.open(f"{LIST}?q=öffentliche+17")) == names(clara.open(f"{LIST}?q=ÖFFENTLICHE+17"))
    assert clara.open(f"{LIST}?q=süd").heading == "99 Erklärungen"
    nothing = clara.open(f"{LIST}?q=%25")
    assert nothing.heading == "200 Erklärungen"  # signs alone narrow nothing
    assert "Zu dieser Suche gibt es nichts." in clara.open(f"{LIST}?q=unsinn").text


def test_it_is_narrowed_by_phase_and_to_ones_own(many: Site) -> None:
    many.world.freeze()
    clara = many.visitor("clara")
    assert names(clara.open(f"{LIST}?phase=signing")) == ["Erklärung"]
    assert clara.open(f"{LIST}?mine=1").heading == "31 Erklärungen"
    page = clara.open(f"{LIST}?mine=1&q=erklärung")
    assert f"{LIST}?q=erkl%C3%A4rung&amp;mine=1&amp;page=2" in page.links


def test_what_is_archived_stands_in_the_archive_only(site: Site) -> None:
    clara = site.visitor("clara")
    site.world.run(
        archive_declaration(
            site.world.services, actor=site.world.person("clara"), slug="erklaerung", archived=True
        )
    )
    assert names(clara.open(LIST)) == []
    assert HOME not in clara.open("/").links
    page = clara.open(f"{LIST}?archived=1")
    assert (page.heading, names(page)) == ("1 Erklärung im Archiv", ["Erklärung"])
    assert clara.open(HOME).status == 200


@pytest.mark.parametrize("query", ["?page=-1", "?page=x", "?phase=nothing", "?page=²", "?q=" + "a" * 900])
def test_a_wrong_address_is_no_error(site: Site, query: str) -> None:
    assert site.visitor("clara").open(LIST + query).status == 200


def test_nobody_sees_what_they_take_no_part_in(many: Site) -> None:
    assert names(many.visitor("doris").open(LIST)) == ["Erklärung"]
    assert names(many.visitor("frank").open(LIST)) == []
    assert many.visitor().open(LIST).status == 303


def test_more_declarations_ask_the_database_no_more_often(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(LIST)
    counts = []
    for count in (0, 60):
        site.write(add, site.world.person("clara").id, count, site.world.time)
        for path in (LIST, "/"):
            with listening() as asked:
                clara.open(path)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_start_page_shows_the_first_and_leads_to_all(many: Site) -> None:
    page = many.visitor("clara").open("/")
    assert page.source.count('class="k-card k-declaration') == 10
    assert LIST in page.links
