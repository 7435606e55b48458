"""A coordination creates a declaration in the browser and sets it up, section by section."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.people.roles import Role
from server.storage.declarations import seeding
from server.storage.people import persons
from tests.web.site import HOME, Page, Site, Visitor

NEW = "/declarations/new"
FIELDS = {"title": "Größere Züge", "issuer": "Region", "deadline": "", "embargo": "", "origin": "starter"}


def allowed(site: Site) -> Visitor:
    site.write(persons.allow_creating, site.world.person("clara").id)
    clara = site.visitor("clara")
    clara.open(NEW)
    return clara


def test_who_may_is_led_there_and_nobody_else_gets_in(site: Site) -> None:
    assert NEW not in site.visitor("clara").open("/").links
    assert site.statuses(NEW, "nobody clara anna frank") == {
        "nobody": 303,
        "clara": 403,
        "anna": 403,
        "frank": 403,
    }
    assert NEW in allowed(site).open("/").links


def test_it_is_created_and_opened(site: Site) -> None:
    clara = allowed(site)
    page = clara.send(NEW, **FIELDS | {"deadline": "2027-06-17T18:00"})
    assert page.location == "/declarations/groessere-zuege"
    assert clara.open(page.location).status == 200
    assert "17. Juni 2027, 18:00 Uhr" in clara.open(f"{page.location}/settings").text


def test_what_was_typed_stays_in_the_form(site: Site) -> None:
    clara = allowed(site)
    page = clara.send(NEW, **FIELDS | {"issuer": "", "origin": "empty"})
    assert page.status == 422
    assert 'value="Größere Züge"' in page.source
    assert 'value="empty" checked' in page.source


def test_an_hour_that_comes_twice_is_asked_for(site: Site) -> None:
    clara = allowed(site)
    fields = FIELDS | {"deadline": "2027-10-31T02:30"}
    page = clara.send(NEW, **fields)
    assert page.status == 422
    assert "Welche der beiden Stunden?" in page.text
    made = clara.send(NEW, **fields | {"deadline_hour": "second"})
    assert made.status == 303
    page = clara.open(f"{made.location}/settings/deadline")
    assert 'value="second" checked' in page.source


def test_the_address_new_is_never_a_declarations(site: Site) -> None:
    assert allowed(site).send(NEW, **FIELDS | {"title": "New"}).location == "/declarations/new-2"


def save(site: Site, section: str, **fields: str) -> Page:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/settings/{section}")
    return clara.send(f"{HOME}/settings/{section}", **fields)


def test_settings_are_the_coordinations(site: Site) -> None:
    for page in ("settings", "settings/title", "withdraw"):
        assert site.statuses(f"{HOME}/{page}", "nobody clara anna ben doris emil frank") == {
            "nobody": 303,
            "clara": 200,
            "anna": 403,
            "ben": 403,
            "doris": 403,
            "emil": 403,
            "frank": 404,
        }
    assert site.visitor("clara").open(f"{HOME}/settings/nothing").status == 404


def test_a_section_is_saved_by_itself_and_says_who_changed_it(site: Site) -> None:
    page = save(site, "place", place="Offenburg", day="2026-06-18")
    assert page.location == f"{HOME}/settings?saved=place#place"
    text = site.visitor("clara").open(page.location).text
    assert "Gespeichert." in text
    assert "18. Juni 2026" in text
    assert "Zuletzt geändert von Clara am 17. Juni 2026" in text


def test_a_wrong_value_leaves_the_form_open_with_a_sentence(site: Site) -> None:
    page = save(site, "deadline", at="2027-03-28T02:30")
    assert page.status == 422
    assert "28.03.2027, 02:30 gibt es nicht" in page.text
    assert 'value="2027-03-28T02:30"' in page.source
    page = save(site, "municipalities", **{"town-08317001": "on"})
    assert page.status == 409
    assert "kann nicht mehr weggelassen werden" in page.text


def test_what_cannot_be_changed_any_more_says_so(site: Site) -> None:
    site.world.freeze()
    page = site.visitor("clara").open(f"{HOME}/settings")
    assert f"{HOME}/settings/title#title" not in page.links
    assert f"{HOME}/settings/deadline#deadline" in page.links
    assert "Kann nicht mehr geändert werden." in page.text
    assert site.visitor("clara").open(f"{HOME}/settings/title").status == 409


def test_a_new_title_stands_on_every_page_at_once(site: Site) -> None:
    save(site, "title", title="Neuer Name", issuer="Neuer Kreis")
    for name, page in (("anna", "edit"), ("doris", ""), ("emil", "")):
        assert "Neuer Name</" in site.visitor(name).open(f"{HOME}/{page}".rstrip("/")).source


def test_the_page_for_sealing_names_what_the_quorum_lacks(site: Site) -> None:
    save(site, "quorum", **{"rule-municipalities": "on", "share": "1", "rule-major_towns": "on"})
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    clara = site.visitor("clara")
    page = clara.open(f"{HOME}/seal")
    assert "Es fehlen noch 1 der nötigen 2 Kommunen." in page.text
    assert "Diese Kommunen müssen noch zeichnen: Lahr/Schwarzwald." in page.text
    assert page.main_buttons == []
    refused = clara.send(f"{HOME}/seal")
    assert refused.status == 409
    assert f"{HOME}/seal" in refused.links


def test_the_page_for_signing_offers_what_is_accepted(site: Site) -> None:
    save(site, "ways", **{"way-passkey": "on"})
    site.world.freeze()
    page = site.visitor("doris").open(f"{HOME}/sign")
    assert "Mit Code per E-Mail bestätigen" not in page.main_buttons
    assert f'action="{HOME}/sign/code"' not in page.source
    assert 'data-passkey="sign"' in page.source


def test_withdrawing_asks_for_a_reason_and_shows_it_to_all(site: Site) -> None:
    clara = site.visitor("clara")
    assert "Das lässt sich nicht rückgängig machen." in clara.open(f"{HOME}/withdraw").text
    assert clara.send(f"{HOME}/withdraw", reason="  ").status == 422
    assert clara.send(f"{HOME}/withdraw", reason="Der Termin ist abgesagt.").status == 303
    for name in ("anna", "doris", "emil"):
        assert "Der Termin ist abgesagt." in site.visitor(name).open().text


def test_archiving_is_undone_on_the_same_page(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/settings")
    clara.send(f"{HOME}/archive", archived="yes")
    assert "Im Archiv seit" in clara.open(f"{HOME}/settings").text
    clara.send(f"{HOME}/archive", archived="no")
    assert "Im Archiv seit" not in clara.open(f"{HOME}/settings").text


async def _coordinates(db: AsyncSession, person: int) -> None:
    await seeding.add_participant(db, declaration_id=1, person_id=person, role=Role.COORDINATOR)


def test_who_may_create_lets_another_coordination_and_nobody_else(site: Site) -> None:
    frank, anna = site.world.person("frank"), site.world.person("anna")
    site.write(_coordinates, frank.id)
    visitor = site.visitor("frank")
    visitor.open(f"{HOME}/settings")
    assert visitor.send(f"{HOME}/settings/creators", person=frank.id).status == 403
    clara = allowed(site)
    assert "Frank Erklärungen anlegen lassen" in clara.open(f"{HOME}/settings").text
    assert clara.send(f"{HOME}/settings/creators", person=anna.id).status == 404
    assert clara.send(f"{HOME}/settings/creators", person=frank.id).status == 303
    assert visitor.open(NEW).status == 200
    assert site.statuses(NEW, "anna") == {"anna": 403}
