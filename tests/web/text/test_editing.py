"""The editor's page: what the client finds in it, for each who may follow the live text."""

from __future__ import annotations

from datetime import timedelta

from server.domain.text.visits import TextVisit
from server.storage.text import visits
from tests.web.site import HOME, Site

EDIT = f"{HOME}/edit"


def rights(site: Site, name: str) -> tuple[bool, bool]:
    config = site.visitor(name).open(EDIT).embedded("editor-config")
    return config["rights"]["edit"], config["rights"]["suggest"]


def test_offices_and_coordination_come_in_mayors_and_press_do_not(site: Site) -> None:
    people = "clara anna ben doris emil frank nobody"
    statuses = {"clara": 200, "anna": 200, "ben": 200, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}
    assert site.statuses(EDIT, people) == statuses


def test_the_client_finds_its_room_its_person_and_its_words(site: Site) -> None:
    page = site.visitor("anna").open(EDIT)
    config = page.embedded("editor-config")
    assert page.heading == "Erklärung"
    assert config["socketPath"] == "/ws/declarations/erklaerung"
    assert config["person"] == {
        "id": site.world.person("anna").id,
        "name": "Anna",
        "municipality": "Offenburg",
    }
    assert set(config["names"].values()) == {"Anna", "Ben", "Clara"}
    assert config["phase"] == "drafting"
    assert config["text"] == f"1.{site.world.time.timestamp()}"
    assert config["strings"]


def test_ben_suggests_and_nothing_else(site: Site) -> None:
    assert rights(site, "clara") == rights(site, "anna") == (True, True)
    assert rights(site, "ben") == (False, True)


def test_it_leads_to_what_is_about_the_text(site: Site) -> None:
    world = site.world
    away = TextVisit(world.time - timedelta(days=2), 1)
    site.write(visits.save_visit, world.text_id, world.person("anna").id, away)
    found = {name: site.visitor(name).open(EDIT).source for name in ("anna", "clara")}
    since = {name: f"{HOME}/compare?old=visit" in source for name, source in found.items()}
    assert since == {"anna": True, "clara": False}
    assert "Neu seit 15. Juni 2026" in found["anna"].replace("\u00a0", " ")
    assert {name: f"{HOME}/workshops" in source for name, source in found.items()} == {
        "anna": False,
        "clara": True,
    }
    assert all(f"{HOME}/text/files" in source for source in found.values())


def test_while_the_mayors_sign_one_may_look_on(site: Site) -> None:
    site.world.freeze()
    for name in ("clara", "anna", "ben"):
        assert rights(site, name) == (False, False)


def test_after_the_seal_it_is_closed_and_says_so(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.seal()
    page = site.visitor("anna").open(EDIT)
    assert page.status == 409
    assert "Die Erklärung ist abgeschlossen." in page.text
    assert page.main_links == [(HOME, "Zur Erklärung")]


def test_it_speaks_english_too(site: Site) -> None:
    anna = site.visitor("anna")
    german = anna.open(EDIT).embedded("editor-config")["strings"]
    english = anna.open(f"{EDIT}?lang=en").embedded("editor-config")["strings"]
    assert german.keys() == english.keys()
    assert german != english
