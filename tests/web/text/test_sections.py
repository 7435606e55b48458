"""Sections are open or agreed, and a municipality may look after one."""

from __future__ import annotations

from pycrdt import Text

from server.domain.text.update_log import Writer
from server.sync.projection import load_doc
from server.sync.sections import read_sections
from tests.branches import append, updates_of
from tests.web.site import HOME, Site
from tests.world import OFFENBURG


def insert(site: Site, at: int, words: str, attributes: dict[str, str] | None = None) -> None:
    """As somebody in the room would, at a byte of the text."""
    world = site.world
    doc = load_doc(updates_of(world, world.text_id))
    before = doc.get_state()
    doc.get("text", type=Text).insert(at, words, attributes or {})
    writer = Writer(doc.client_id, world.person("anna").id, OFFENBURG, world.time)
    append(world, world.text_id, doc.get_update(before), writer)


def keys(site: Site) -> list[str]:
    return [each.key for each in read_sections(updates_of(site.world, site.world.text_id))]


def test_a_section_is_given_to_a_municipality_agreed_and_says_when_its_words_change(site: Site) -> None:
    anna, clara = site.visitor("anna"), site.visitor("clara")
    end = len("Erklärung\n".encode())
    insert(site, end, "\n", {"b": "heading:2"})
    insert(site, end, "Netze")
    (key,) = keys(site)
    assert "Netze" in clara.open(f"{HOME}/sections").text
    anna.open(f"{HOME}/sections")
    assert anna.send(f"{HOME}/sections/{key}/agree").status == 403, "nobody has given it to Offenburg"
    assert clara.send(f"{HOME}/sections/{key}/assign", ags="99999999").status == 422
    assert clara.send(f"{HOME}/sections/{key}/assign", ags=OFFENBURG).status == 303
    assert "Noch nicht abgestimmte Abschnitte: 1" in clara.open(HOME).text
    assert anna.send(f"{HOME}/sections/{key}/agree").status == 303
    assert anna.open(f"{HOME}/sections.json").data["sections"] == {
        key: {"agreed": True, "changed": False, "town": "Offenburg"}
    }
    assert "Alle Abschnitte sind abgestimmt" in clara.open(HOME).text
    insert(site, end, "Schnelle ")
    assert keys(site) == [key], "a reworded heading is the same"
    page = anna.open(f"{HOME}/sections").text
    assert "geändert seit der Abstimmung" in page
    assert anna.open(f"{HOME}/sections.json").data["sections"][key]["changed"] is True
    assert anna.send(f"{HOME}/sections/{key}/agree").status == 303
    assert anna.send(f"{HOME}/sections/{key}/reopen").status == 303
    assert anna.open(f"{HOME}/sections.json").data["sections"][key]["agreed"] is False
    assert site.world.tags[-1] == "declaration:section:reopen"
    assert clara.send(f"{HOME}/sections/1.1/agree").status == 404


def test_a_text_without_headings_has_no_sections_and_says_how_one_begins(site: Site) -> None:
    assert keys(site) == []
    assert "Überschrift beginnt einen" in site.visitor("clara").open(f"{HOME}/sections").text
