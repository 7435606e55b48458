"""The log narrowed by person, municipality, kind and time, and as a file."""

from __future__ import annotations

import csv
import html
import io
import json

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.audit import AuditEvent, Tag
from server.storage.record import audit
from tests.web.site import HOME, Page, Site
from tests.world import OFFENBURG, SLUG

LOG = f"{HOME}/log"


def signed(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.wait(days=1)
    site.world.sign_with_passkey("gustav")


def count(page: Page) -> int:
    return page.source.count('<tr role="row"><td')


def test_it_is_narrowed_by_each_and_all_together(site: Site) -> None:
    signed(site)
    clara, doris = site.visitor("clara"), site.world.person("doris")
    by_person = clara.open(f"{LOG}?person={doris.id}")
    assert "Doris hat für Offenburg" in by_person.text
    assert "Gustav hat" not in by_person.text
    by_town = clara.open(f"{LOG}?ags={OFFENBURG}")
    assert "Doris hat für Offenburg" in by_town.text
    assert "Fassung 1 festgelegt" not in by_town.text
    by_kind = clara.open(f"{LOG}?tag=declaration:sign_off:give")
    assert count(by_kind) == 2
    by_time = clara.open(f"{LOG}?tag=declaration:sign_off:give&from=2026-06-18&to=2026-06-18")
    assert count(by_time) == 1
    assert "Gustav hat" in by_time.text
    nothing = clara.open(f"{LOG}?tag=declaration:sign_off:give&ags={OFFENBURG}&from=2026-06-18")
    assert "Zu dieser Suche gibt es nichts." in nothing.text


def test_whom_an_act_was_about_is_found_by_their_name_too(site: Site) -> None:
    anna = site.world.person("anna")

    async def append(db: AsyncSession) -> None:
        for person in (anna.id, anna.id * 10 + 1):  # a number that begins like hers is somebody else
            event = AuditEvent(site.world.time, Tag.PERSON_REMOVE, 0, SLUG, {"person": person, "roles": []})
            await audit.append_event(db, event)

    site.write(append)
    found = site.visitor("clara").open(f"{LOG}?person={anna.id}&tag=declaration:person:remove")
    assert count(found) == 1
    assert "hat Anna aus der Erklärung entfernt" in found.text


def test_the_form_keeps_what_was_asked_and_pages_keep_it_too(site: Site) -> None:
    async def append(db: AsyncSession) -> None:
        for _ in range(60):
            await audit.append_event(db, AuditEvent(site.world.time, Tag.TEXT_REOPEN, 0, SLUG, {}))

    site.write(append)
    query = "tag=declaration%3Atext%3Areopen&from=2026-06-01&to=2026-06-30"
    page = site.visitor("clara").open(f"{LOG}?{query}")
    assert 'value="declaration:text:reopen" selected' in page.source
    assert 'value="2026-06-30"' in page.source
    assert any(f"{query}&before=11" in html.unescape(href) for href in page.links)
    assert count(site.visitor("clara").open(f"{LOG}?{query}&before=11")) == 10


def test_nonsense_narrows_nothing(site: Site) -> None:
    clara = site.visitor("clara")
    whole = count(clara.open(LOG))
    for query in ("person=x", "ags=%25", "tag=%27", "from=2026-13-01", "to=heute", "person=9999999999999"):
        assert count(clara.open(f"{LOG}?{query}")) == whole


def test_a_day_is_a_day_in_germany(site: Site) -> None:
    site.world.time = site.world.time.replace(hour=22, minute=30)  # half past midnight of the 18th there
    site.world.freeze()
    clara = site.visitor("clara")
    kind = "tag=declaration:text:freeze"
    assert count(clara.open(f"{LOG}?{kind}&to=2026-06-17")) == 0
    assert count(clara.open(f"{LOG}?{kind}&from=2026-06-18")) == 1


def test_the_csv_holds_what_is_shown_and_nothing_that_calculates(site: Site) -> None:
    signed(site)

    async def rename(db: AsyncSession) -> None:
        connection = await db.connection()
        await connection.exec_driver_sql("UPDATE persons SET name = '=cmd|calc!A1' WHERE name = 'Doris'")

    site.write(rename)
    answer = site.visitor("clara").open(f"{LOG}.csv?tag=declaration:sign_off:give")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.source.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(answer.source.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == 3
    assert rows[0][2] == "Was geschehen ist"
    assert rows[1][2].startswith("'=cmd")
    assert rows[1][4] == "'=cmd|calc!A1"
    assert rows[1][5] == "Offenburg"
    assert all(not cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_json_holds_each_entry_with_its_facts_and_leaf(site: Site) -> None:
    signed(site)
    found = json.loads(site.visitor("clara").open(f"{LOG}.json?tag=declaration:sign_off:give").source)
    assert [entry["actor"]["name"] for entry in found["entries"]] == ["Doris", "Gustav"]
    assert found["entries"][0]["facts"]["ags"] == OFFENBURG
    assert len(found["entries"][0]["leaf"]) == 64


def test_files_are_for_the_coordination_alone(site: Site) -> None:
    for name in ("log.csv", "log.json"):
        found = site.statuses(f"{HOME}/{name}", "clara anna doris emil frank nobody")
        assert found == {"clara": 200, "anna": 403, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}
