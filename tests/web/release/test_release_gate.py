"""Nothing is public before its hour, and everything is from it on, without anybody pressing anything."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from server.actions.declarations.settings import change_setting
from server.actions.release import deciding, opening
from server.app import create_app
from server.domain.release.steps import Step
from server.domain.terms.settings import Embargo
from server.storage.release.hours import read_proposal
from server.web.routes import create_routes
from tests.web.site import HOME, Site
from tests.world import SLUG, World

HOUR = datetime(2026, 6, 18, 9, 0, tzinfo=UTC)
"""11:00 in the region."""
TELLING = ("Wir bauen Netze aus", "Doris", "Oberbürgermeisterin", "Offenburg", "Wir handeln gemeinsam")
"""Words that only stand in the document."""


def sealed_until(site: Site, hour: datetime) -> None:
    world = site.world
    world.freeze()
    world.sign_with_passkey("doris")
    set_hour(world, hour)
    world.seal()


def set_hour(world: World, hour: datetime) -> None:
    world.run(change_setting(world.services, actor=world.person("clara"), slug=SLUG, setting=Embargo(hour)))


@pytest.fixture
def embargoed(site: Site) -> Site:
    sealed_until(site, HOUR)
    return site


def public_paths(site: Site) -> list[str]:
    """Every address that could show something of the declaration to a stranger, filled in."""
    final = site.world.seal()
    values = {"slug": SLUG, "number": "1", "code": final.short_code, "name": "x"}
    paths = [route.path for route in create_routes() if "GET" in getattr(route, "methods", ())]
    named = [path for path in paths if "{slug}" in path or "{code}" in path]
    return [re.sub(r"\{(\w+)(:\w+)?\}", lambda found: values.get(found[1], "1"), path) for path in named]


@pytest.mark.parametrize("who", ["", "frank"])
def test_a_stranger_finds_nothing_on_any_route_before_the_hour(embargoed: Site, who: str) -> None:
    world, stranger = embargoed.world, embargoed.visitor(who)
    world.time = HOUR - timedelta(seconds=1)
    paths = public_paths(embargoed)
    assert len(paths) > 50
    for path in paths:
        page = stranger.open(path)
        if path.startswith("/declarations/"):
            assert page.status in {303, 403, 404}, path
        elif path.startswith("/v/"):
            assert page.status == 200
            assert "nicht veröffentlicht" in page.text
        else:
            assert page.status == 404, path
            assert page.headers["cache-control"] == "no-store", path
        for word in (*TELLING, world.revision.digest, world.seal().pdf_digest):
            assert word not in page.source, (path, word)


def test_from_the_hour_on_the_page_is_there(embargoed: Site) -> None:
    world, stranger = embargoed.world, embargoed.visitor()
    world.time = HOUR
    page = stranger.open(f"/e/{SLUG}")
    assert page.status == 200
    assert page.heading == "Erklärung"
    for word in TELLING:
        assert word in page.source
    assert 'id="ziffer-1"' in page.source
    assert "set-cookie" not in page.headers
    assert world.phase == "sealed"  # nobody has recorded it yet
    for name in (
        "erklaerung.pdf",
        "erklaerung.html",
        "text.txt",
        "namen.csv",
        "namen.json",
        "karte.svg",
        "fassung/1",
    ):
        assert stranger.open(f"/e/{SLUG}/{name}").status == 200, name
    assert stranger.open(f"/e/{SLUG}/fassung/2").status == 404
    code = stranger.open(f"/v/{world.seal().short_code}")
    assert f'href="/e/{SLUG}"' in code.source


def test_no_cache_carries_anything_across_the_hour(embargoed: Site) -> None:
    """Before it nothing may be kept but the list, and that may not be used without asking; afterwards all
    that is made from the declaration has a validator and is looked at again after half a minute."""
    world, stranger, listed = embargoed.world, embargoed.visitor(), "/api/v1/declarations"
    paths = [path for path in public_paths(embargoed) if path.startswith(("/e/", "/api/"))]
    world.time = HOUR - timedelta(seconds=1)
    before = stranger.open(listed)
    assert before.headers["cache-control"] == "public, no-cache"
    assert {stranger.open(path).headers["cache-control"] for path in paths} == {"no-store"}
    world.time = HOUR
    assert SLUG in stranger.open(listed, If_None_Match=before.headers["etag"]).source
    wrong, kept = {}, 0
    for path in paths:
        page = stranger.open(path)
        how = page.headers["cache-control"]
        if page.status == 404 or path.endswith("/beitreten"):
            right = how == "no-store"
        else:
            again = stranger.open(path, If_None_Match=page.headers.get("etag", ""))
            right = how == "public, max-age=30" == again.headers["cache-control"] and again.status == 304
            kept += right
        if not right:
            wrong[path] = (page.status, how)
    assert wrong == {}
    assert kept >= 12


def test_the_hour_is_exact_across_a_restart_and_in_a_second_process(embargoed: Site) -> None:
    world = embargoed.world
    world.time = HOUR - timedelta(minutes=1)
    other = Site(world)
    other.app = create_app(world.settings, world.more_services())
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 404
    assert other.visitor().open(f"/e/{SLUG}").status == 404
    world.time = HOUR
    assert other.visitor().open(f"/e/{SLUG}").status == 200
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 200


def test_the_phase_is_recorded_exactly_once_by_two_processes(embargoed: Site) -> None:
    world = embargoed.world
    world.time = HOUR
    second = world.more_services()

    async def both() -> list[int]:
        return await asyncio.gather(opening.open_due(world.services), opening.open_due(second))

    before = len(world.letters)
    assert sorted(world.run(both())) == [0, 1]
    world.run(second.close())
    assert world.phase == "published"
    assert world.tags.count("declaration:declaration:publish") == 1
    told = {letter.recipient for letter in world.letters[before:]}
    assert told == {f"{name}@example.org" for name in ("clara", "anna", "ben", "doris", "gustav", "emil")}
    assert world.run(opening.open_due(world.services)) == 0


def test_before_the_hour_nothing_is_recorded(embargoed: Site) -> None:
    embargoed.world.time = HOUR - timedelta(seconds=1)
    assert embargoed.world.run(opening.open_due(embargoed.world.services)) == 0
    assert embargoed.world.phase == "sealed"


def test_the_lock_outranks_the_hour(embargoed: Site) -> None:
    world = embargoed.world
    world.run(deciding.lock_release(world.services, actor=world.person("clara"), slug=SLUG))
    world.time = HOUR + timedelta(hours=1)
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 404
    assert world.run(opening.open_due(world.services)) == 0
    assert embargoed.visitor("emil").open(f"{HOME}/final.pdf").status == 409
    assert embargoed.visitor("clara").open(f"{HOME}/final.pdf").status == 200


def test_two_people_lift_the_lock_and_the_page_opens_at_once(embargoed: Site) -> None:
    world = embargoed.world
    world.run(deciding.lock_release(world.services, actor=world.person("clara"), slug=SLUG))
    world.time = HOUR + timedelta(hours=1)
    clara, emil = embargoed.visitor("clara"), embargoed.visitor("emil")
    clara.open(f"{HOME}/release")
    assert clara.send(f"{HOME}/release/propose", step="unlock").status == 303
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 404
    number = re.findall(r'name="proposal" value="(\d+)"', emil.open(f"{HOME}/release").source)[0]
    assert emil.send(f"{HOME}/release/confirm", proposal=number).status == 303
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 200


def test_after_the_hour_it_can_be_neither_moved_nor_locked(embargoed: Site) -> None:
    world = embargoed.world
    clara = embargoed.visitor("clara")
    world.time = HOUR
    clara.open(f"{HOME}/release")
    assert clara.send(f"{HOME}/release/lock").status == 409
    assert clara.send(f"{HOME}/release/propose", step=Step.STOP.value).status == 409
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 200


def test_a_release_block_in_the_past_is_refused_with_a_sentence(site: Site) -> None:
    clara = site.visitor("clara")
    for section in ("embargo", "release"):
        clara.open(f"{HOME}/settings/{section}")
        refused = clara.send(f"{HOME}/settings/{section}", at="2026-06-17T11:59")
        assert refused.status == 422
        assert "liegt in der Vergangenheit" in refused.text


def test_an_hour_that_does_not_exist_or_exists_twice_is_asked_about(embargoed: Site) -> None:
    clara = embargoed.visitor("clara")
    clara.open(f"{HOME}/release")
    none = clara.send(f"{HOME}/release/propose", step="move", at="2027-03-28T02:30")
    twice = clara.send(f"{HOME}/release/propose", step="move", at="2026-10-25T02:30")
    assert (none.status, twice.status) == (422, 422)
    assert "Welche der beiden Stunden" in twice.text
    assert clara.send(f"{HOME}/release/propose", step="move", at="2026-06-17T09:00").status == 422
    assert embargoed.world.ask(read_proposal, 1) is None


def test_with_two_hours_the_page_opens_at_its_own(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/settings/release")
    assert clara.send(f"{HOME}/settings/release", at="2026-06-18T14:00", four_eyes="on").status == 303
    sealed_until(site, HOUR)
    site.world.time = HOUR
    assert site.visitor().open(f"/e/{SLUG}").status == 404
    site.world.time = HOUR + timedelta(hours=3)
    assert site.visitor().open(f"/e/{SLUG}").status == 200


def test_where_one_person_is_enough_the_page_opens_at_once(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/settings/release")
    assert clara.send(f"{HOME}/settings/release", at="").status == 303
    sealed_until(site, HOUR)
    clara.open(f"{HOME}/release")
    assert clara.send(f"{HOME}/release/propose", step="now").status == 303
    assert site.visitor().open(f"/e/{SLUG}").status == 200


def test_nobody_confirms_what_they_proposed_and_a_stopped_hour_stays_stopped(embargoed: Site) -> None:
    world = embargoed.world
    clara, emil = embargoed.visitor("clara"), embargoed.visitor("emil")
    clara.open(f"{HOME}/release")
    clara.send(f"{HOME}/release/propose", step="stop")
    number = re.findall(r'name="proposal" value="(\d+)"', emil.open(f"{HOME}/release").source)[0]
    assert clara.send(f"{HOME}/release/confirm", proposal=number).status == 409
    assert emil.send(f"{HOME}/release/confirm", proposal=number).status == 303
    assert emil.send(f"{HOME}/release/confirm", proposal=number).status == 409
    world.time = HOUR + timedelta(days=1)
    assert embargoed.visitor().open(f"/e/{SLUG}").status == 404
