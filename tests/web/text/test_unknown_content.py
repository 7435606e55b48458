"""A text that somebody's program has spoilt: Clara is told where, removes it and fixes the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from pycrdt import Text

from server.storage.tables.text import UpdateRow, WriterRow
from server.storage.text import update_log
from server.sync.projection import load_doc
from tests.web.site import HOME, Site
from tests.world import World

PAGE, FREEZE = f"{HOME}/unknown-content", f"{HOME}/freeze"
CLARA_ONLY = {"clara": 200, "anna": 403, "ben": 403, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}


@pytest.fixture(autouse=True)
def _rooms(site: Site) -> Iterator[None]:
    with site.world.open_rooms():
        yield


def spoil(world: World, *, embed: object = None, attributes: Mapping[str, object]) -> None:
    """Writes past every check, as an older release may have let somebody."""
    text_id = world.text_id

    async def append() -> None:
        async with world.services.database.write() as db:
            doc = load_doc(await update_log.load_updates(db, text_id))
            before, text = doc.get_state(), doc.get("text", type=Text)
            if embed is None:
                text.insert(0, "Neu: ", dict(attributes))
            else:
                text.insert_embed(len(text), embed, dict(attributes))
            db.add(UpdateRow(text_id=text_id, data=doc.get_update(before)))

    world.run(append())


def test_only_clara_sees_the_page(site: Site) -> None:
    assert site.statuses(PAGE, "clara anna ben doris emil frank nobody") == CLARA_ONLY


@pytest.mark.parametrize("name", ["anna", "ben", "doris", "emil", "frank"])
def test_nobody_else_removes_anything(site: Site, name: str) -> None:
    spoil(site.world, attributes={"color": "red"})
    visitor = site.visitor(name)
    visitor.open("/")
    assert visitor.send(PAGE).status in (403, 404)
    assert "declaration:text:clean" not in site.world.tags


@pytest.mark.parametrize(
    ("embed", "attributes", "name"),
    [
        ({"image": "x"}, {"ins:1": "1|Offenburg|5"}, "embedded"),
        (None, {"color": "red"}, "color"),
        (None, {"link": "javascript:alert(1)"}, "link javascript:alert(1)"),
        (None, {"ins:": "1|Offenburg|5"}, "ins:"),
    ],
)
def test_clara_is_led_there_removes_it_and_fixes_the_text(
    site: Site, embed: object, attributes: Mapping[str, object], name: str
) -> None:
    spoil(site.world, embed=embed, attributes=attributes)
    clara = site.visitor("clara")
    clara.open(FREEZE)
    refused = clara.send(FREEZE)
    assert refused.status == 409
    assert name in refused.text
    assert "Absatz " in refused.text
    assert refused.main_links == [(PAGE, "Unbekannte Inhalte ansehen und entfernen")]
    page = clara.open(PAGE)
    assert name in page.text
    assert page.main_buttons == ["Unbekannte Inhalte entfernen"]
    assert clara.send(PAGE).location == PAGE
    assert "keine unbekannten Inhalte" in clara.open(PAGE).text
    clara.open(FREEZE)
    assert clara.send(FREEZE).location == f"{HOME}?done=fixed"
    assert site.world.tags.count("declaration:text:clean") == 1


def test_what_is_open_names_the_block_and_leads_to_it_in_the_editor(site: Site) -> None:
    spoil(site.world, attributes={"ins:1": "1|Offenburg|5"})
    clara = site.visitor("clara")
    clara.open(FREEZE)
    refused = clara.send(FREEZE)
    assert "Absatz 1 (Neu: Erklärung)" in refused.text
    assert refused.main_links == [(f"{HOME}/edit#block-1", "Offene Vorschläge ansehen")]


def test_what_cannot_be_printed_is_named_with_its_block(site: Site) -> None:
    site.world.write("\U0001f600 ")
    clara = site.visitor("clara")
    clara.open(FREEZE)
    refused = clara.send(FREEZE)
    assert "U+1F600 GRINNING FACE" in refused.text
    assert "1: \U0001f600 Erklärung" in refused.text
    assert refused.main_links == [(f"{HOME}/edit#block-1", "Zur Stelle im Editor")]


def lose_a_part(world: World) -> None:
    """Anna's words arrive without those before them, as a log that was restored in parts may hold them."""
    text_id, anna = world.text_id, world.person("anna")

    async def append() -> None:
        async with world.services.database.write() as db:
            doc = load_doc(await update_log.load_updates(db, text_id))
            text = doc.get("text", type=Text)
            text.insert(0, "Verloren. ", {})
            before = doc.get_state()
            text.insert(10, "Später. ", {})
            db.add(UpdateRow(text_id=text_id, data=doc.get_update(before)))
            db.add(WriterRow(text_id=text_id, client=doc.client_id, person_id=anna.id, first_at=world.time))

    world.run(append())


def test_words_that_wait_for_others_are_not_fixed_and_clara_is_told_who_has_to_come_back(site: Site) -> None:
    lose_a_part(site.world)
    clara = site.visitor("clara")
    clara.open(FREEZE)
    refused = clara.send(FREEZE)
    assert refused.status == 409
    assert "Bitten Sie Anna," in refused.text
    assert refused.main_links == [(PAGE, "Ansehen, was fehlt")]
    page = clara.open(PAGE)
    assert "kommt alles von selbst: Anna." in page.text
    assert page.main_buttons == ["Zurückgehaltenes entfernen"]
    assert clara.send(PAGE).location == PAGE
    clara.open(FREEZE)
    assert clara.send(FREEZE).location == f"{HOME}?done=fixed"
    assert "Später" not in clara.open(f"{HOME}?done=fixed").text
