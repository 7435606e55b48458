"""The start page: what waits for whom, asked once for all declarations; a welcome for who is signed out."""

from __future__ import annotations

from server.actions.declarations.start import Start, start_declaration
from tests.web.site import HOME, Site, listening
from tests.world import BLOCKS, INVITEES, World


def start_another(world: World, slug: str) -> None:
    start = Start(slug, slug.capitalize(), "Region", None, None, BLOCKS, INVITEES)
    world.run(start_declaration(world.services, start=start))


def count_queries(site: Site, name: str) -> int:
    visitor = site.visitor(name)
    with listening() as asked:
        visitor.open("/")
    return len(asked)


def test_somebody_signed_out_is_welcomed_and_can_sign_in_at_once(site: Site) -> None:
    page = site.visitor().open("/")
    assert (page.status, page.heading) == (200, "Eine Erklärung, alle Kommunen.")
    assert page.main_buttons == ["Link zusenden"]
    assert site.visitor().open("/?lang=en").heading == "One declaration, all municipalities."


def test_frank_takes_part_in_nothing(site: Site) -> None:
    page = site.visitor("frank").open("/")
    assert page.status == 200
    assert "Sie sind noch an keiner Erklärung beteiligt." in page.text
    assert page.main_links == []


def test_while_drafting_the_offices_are_led_into_the_editor(site: Site) -> None:
    for name in ("clara", "anna", "ben"):
        assert site.visitor(name).open("/").main_links == [(f"{HOME}/edit", "Text öffnen")]
    for name in ("doris", "emil"):
        page = site.visitor(name).open("/")
        assert page.main_links == []
        assert "Der Entwurf ist in Arbeit." in page.text


def test_while_signing_the_mayor_is_led_to_the_text_and_the_coordination_to_who_is_missing(
    site: Site,
) -> None:
    site.world.freeze()
    assert site.visitor("doris").open("/").main_links == [(f"{HOME}/sign", "Lesen und zeichnen")]
    reminder = (f"{HOME}/reminders", "2 offene Kommunen erinnern")
    assert site.visitor("clara").open("/").main_links == [reminder]
    preview = (f"{HOME}/sign/preview", "Antwort vorbereiten")
    for name, links in (("anna", [preview]), ("ben", [preview]), ("emil", [])):
        assert site.visitor(name).open("/").main_links == links
    site.world.confirm("doris", *site.world.send_code("doris"))
    assert "Sie haben für Offenburg gezeichnet." in site.visitor("doris").open("/").text
    assert "Eine von 2 Kommunen" in site.visitor("clara").open("/").text


def test_when_all_have_answered_clara_is_led_to_the_seal_and_then_everybody_to_the_document(
    site: Site,
) -> None:
    site.world.freeze()
    for name in ("doris", "gustav"):
        site.world.confirm(name, *site.world.send_code(name))
    assert [href for href, _ in site.visitor("clara").open("/").main_links] == [f"{HOME}/seal"]
    site.world.seal()
    for name in ("clara", "anna", "doris", "emil"):
        assert [href for href, _ in site.visitor(name).open("/").main_links] == [f"{HOME}/final.pdf"]


def test_what_waits_for_the_person_comes_first_then_the_newest(site: Site) -> None:
    """Each page has one main link, that of the first card that has something to do."""
    site.world.freeze()
    for slug in ("zweite", "dritte"):
        start_another(site.world, slug)
    page = site.visitor("doris").open("/")
    assert [link for link in page.links if link.count("/") == 2] == [
        HOME,
        "/declarations/dritte",
        "/declarations/zweite",
    ]
    assert page.main_links == [(f"{HOME}/sign", "Lesen und zeichnen")]


def test_more_declarations_take_no_more_queries(site: Site) -> None:
    site.world.freeze()
    few = count_queries(site, "clara")
    for slug in ("zweite", "dritte", "vierte"):
        start_another(site.world, slug)
    assert count_queries(site, "clara") == few
