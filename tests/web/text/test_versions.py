"""Fassungen and Zwischenstände: who sees which, names, reading, and bringing words back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.actions.text import checkpoints as acts
from server.domain.text.live_text import LiveBlock
from server.storage.text import checkpoints, update_log
from server.sync.projection import read_text
from tests.web.site import HOME, Page, Site, Visitor

PAGE, COMPARE = f"{HOME}/versions", f"{HOME}/compare"
NAMES = "clara anna ben doris emil frank nobody"
FOLLOWERS = {"clara": 200, "anna": 200, "ben": 200, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}
DONE = f"{PAGE}?done=brought_back"


@pytest.fixture(autouse=True)
def _rooms(site: Site) -> Iterator[None]:
    with site.world.open_rooms():
        yield


def keep(site: Site) -> str:
    """The address of the state that is kept now."""
    site.world.run(acts.keep_hourly(site.world.services))
    newest = site.world.read(checkpoints.list_heads, site.world.text_id)[0]
    return f"{PAGE}/{newest.id}"


def key_of(state: str) -> str:
    return f"c{state.rpartition('/')[2]}"


def present(site: Site) -> list[str]:
    blocks: tuple[LiveBlock, ...] = read_text(site.world.read(update_log.load_updates, site.world.text_id))
    return ["".join(run.text for run in block.runs) for block in blocks]


def restore(visitor: Visitor, state: str, **fields: str) -> Page:
    return visitor.send(f"{PAGE}/restore", version=key_of(state), **fields)


def test_who_follows_the_text_reads_what_was_kept_and_the_mayors_what_was_fixed(site: Site) -> None:
    state = keep(site)
    assert site.statuses(PAGE, NAMES) == FOLLOWERS | {"doris": 200, "emil": 409}
    assert site.statuses(state, NAMES) == FOLLOWERS
    assert site.statuses(f"{COMPARE}?old={key_of(state)}&new=now", NAMES) == FOLLOWERS | {"emil": 409}
    page = site.visitor("doris").open(PAGE)
    assert "Zwischenstand" not in page.text.replace("Fassungen und Zwischenstände", "")


@pytest.mark.parametrize("name", ["anna", "ben", "doris", "emil", "frank"])
def test_nobody_else_brings_anything_back(site: Site, name: str) -> None:
    state = keep(site)
    visitor = site.visitor(name)
    visitor.open("/")
    assert restore(visitor, state).status in (403, 404)
    assert "declaration:text:bring_back" not in site.world.tags


def test_anna_keeps_the_text_under_a_name_and_the_list_says_so(site: Site) -> None:
    anna = site.visitor("anna")
    page = anna.open(PAGE)
    assert "Noch ist kein Zwischenstand festgehalten." in page.text
    assert page.main_buttons == ["Festhalten"]
    assert anna.send(PAGE, name="Nach der  Runde").location == f"{PAGE}?done=kept"
    page = anna.open(f"{PAGE}?done=kept")
    assert "Nach der Runde" in page.text
    assert "51 Zeichen" in page.text
    assert "Fassungen" in page.tabs
    assert "Juni 2026" in page.text
    assert "declaration:checkpoint:name" in site.world.tags


def test_a_second_name_for_the_same_text_is_refused_beside_the_field(site: Site) -> None:
    anna = site.visitor("anna")
    anna.open(PAGE)
    anna.send(PAGE, name="Erster")
    page = anna.send(PAGE, name="Zweiter")
    assert page.status == 422
    assert "seit er als „Erster“ festgehalten wurde" in page.text
    assert 'value="Zweiter"' in page.source
    site.world.write("Neu. ")
    assert anna.send(PAGE, name="Zweiter").status == 303


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_that_is_none_is_refused(site: Site, name: str) -> None:
    anna = site.visitor("anna")
    anna.open(PAGE)
    assert anna.send(PAGE, name=name).status == 422
    assert site.world.read(checkpoints.list_heads, site.world.text_id) == []


def test_who_only_suggests_keeps_none(site: Site) -> None:
    ben = site.visitor("ben")
    assert "Festhalten" not in ben.open(PAGE).main_buttons
    assert ben.send(PAGE, name="Von Ben").status == 403


def test_a_passage_and_the_whole_come_back_and_the_state_before_is_in_the_list(site: Site) -> None:
    before = present(site)
    state = keep(site)
    site.world.write("Seitdem. ")
    clara = site.visitor("clara")
    page = clara.open(f"{COMPARE}?old={key_of(state)}&new=now")
    fields = page.hidden_fields
    assert "Diese Stelle wiederherstellen" in page.text
    sent = {name: fields[name] for name in ("block", "instead", "seen")}
    assert restore(clara, state, **sent).location == DONE
    assert present(site) == before
    site.world.write("Noch einmal. ")
    assert restore(clara, state, block="1").location == DONE
    assert present(site) == ["Noch einmal. Erklärung", before[1], *before[1:]]
    assert restore(clara, state).location == DONE
    assert present(site) == before
    page = clara.open(DONE)
    assert "sieht sie jetzt" in page.text or "sieht ihn jetzt" in page.text
    assert "bevor Text zurückgeholt wurde" in page.text
    assert site.world.tags.count("declaration:text:bring_back") == 3


def test_a_passage_that_was_changed_meanwhile_is_not_overwritten(site: Site) -> None:
    state = keep(site)
    site.world.write("Seitdem. ")
    clara = site.visitor("clara")
    fields = clara.open(f"{COMPARE}?old={key_of(state)}&new=now").hidden_fields
    site.world.write("Und von Anna: ")
    sent = {name: fields[name] for name in ("block", "instead", "seen")}
    page = restore(clara, state, **sent)
    assert page.status == 409
    assert "Bitte vergleichen Sie noch einmal." in page.text
    assert present(site)[0] == "Und von Anna: Seitdem. Erklärung"


def test_a_fixed_text_comes_back_too(site: Site) -> None:
    before = present(site)
    site.world.freeze()
    site.world.reopen()
    site.world.write("Ganz anders. ")
    clara = site.visitor("clara")
    assert "Diesen Text wiederherstellen" in clara.open(PAGE).text
    assert clara.send(f"{PAGE}/restore", version="r1").location == DONE
    assert present(site) == before


def test_while_the_mayors_sign_the_states_are_read_only(site: Site) -> None:
    state = keep(site)
    site.world.write("Seitdem. ")
    site.world.freeze()
    clara = site.visitor("clara")
    page = clara.open(PAGE)
    assert "wiederherstellen" not in page.text
    assert page.main_buttons == []
    assert restore(clara, state).status == 409
    assert clara.open(state).status == 200


@pytest.mark.parametrize("fields", [{"block": "99"}, {"block": "-1"}, {"block": "x"}])
def test_what_there_is_not_is_refused(site: Site, fields: dict[str, str]) -> None:
    state = keep(site)
    clara = site.visitor("clara")
    clara.open(PAGE)
    assert restore(clara, state, **fields).status in (404, 422)
    for key in ("c4711", "r9", "now", "visit", "x", "c0", "c" + "9" * 19):
        assert clara.send(f"{PAGE}/restore", version=key).status in (404, 422)
    assert clara.open(f"{PAGE}/4711").status == 404
    assert clara.open(f"{PAGE}/x").status == 404


def test_many_states_that_nobody_named_are_folded(site: Site) -> None:
    for _ in range(6):
        site.world.write("Wort. ")
        keep(site)
        site.world.wait(hours=1)
    page = site.visitor("anna").open(PAGE)
    assert "5 weitere Zwischenstände" in page.text
