"""The page of earlier states: Clara alone sees it, compares with now and brings words back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from server.actions.text import checkpoints as acts
from server.domain.text.live_text import LiveBlock
from server.storage.text import checkpoints, update_log
from server.sync.projection import read_text
from tests.web.site import HOME, Site

PAGE = f"{HOME}/text/history"
CLARA_ONLY = {"clara": 200, "anna": 403, "ben": 403, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}
DONE = f"{PAGE}?brought_back=1"


@pytest.fixture(autouse=True)
def _rooms(site: Site) -> Iterator[None]:
    """The service writes through them."""
    rooms = site.world.services.rooms

    async def start() -> None:
        rooms.start()

    site.world.run(start())
    yield
    site.world.run(rooms.close())


def keep(site: Site) -> str:
    """The address of the state that is kept now."""
    site.world.run(acts.keep_hourly(site.world.services))
    newest = site.world.read(checkpoints.list_heads, site.world.text_id)[0]
    return f"{PAGE}/{newest.id}"


def present(site: Site) -> list[str]:
    blocks: tuple[LiveBlock, ...] = read_text(site.world.read(update_log.load_updates, site.world.text_id))
    return ["".join(run.text for run in block.runs) for block in blocks]


def test_only_clara_sees_the_list_and_a_state(site: Site) -> None:
    names = "clara anna ben doris emil frank nobody"
    assert site.statuses(PAGE, names) == CLARA_ONLY
    assert site.statuses(keep(site), names) == CLARA_ONLY


@pytest.mark.parametrize("name", ["anna", "ben", "doris", "emil", "frank"])
def test_nobody_else_brings_anything_back(site: Site, name: str) -> None:
    state = keep(site)
    visitor = site.visitor(name)
    visitor.open("/")
    assert visitor.send(state).status in (403, 404)
    assert "declaration:text:bring_back" not in site.world.tags


def test_the_list_says_when_how_long_and_why(site: Site) -> None:
    clara = site.visitor("clara")
    assert "Noch ist kein Zwischenstand festgehalten." in clara.open(PAGE).text
    state = keep(site)
    page = clara.open(PAGE)
    assert state in page.links
    assert "17. Juni 2026" in page.text
    assert "51 Zeichen" in page.text
    assert "Zwischenstände" in page.tabs


def test_a_passage_and_the_whole_are_brought_back_and_the_state_before_is_in_the_list(site: Site) -> None:
    before = present(site)
    state = keep(site)
    site.world.write("Seitdem. ")
    clara = site.visitor("clara")
    page = clara.open(state)
    assert "verglichen mit jetzt" in page.text
    assert page.main_buttons == ["Den ganzen Text zurückholen"]
    assert "Diese Stelle zurückholen" in page.text
    assert clara.send(state, block="0").location == DONE
    assert present(site) == ["Seitdem. Erklärung", *before]
    clara.open(state)
    assert clara.send(state).location == DONE
    assert present(site) == before
    page = clara.open(DONE)
    assert "sieht ihn jetzt" in page.text
    assert "bevor Text zurückgeholt wurde" in page.text
    assert clara.open(state).text.count("Die beiden Texte sind gleich.") == 1
    assert site.world.tags.count("declaration:text:bring_back") == 2


def test_while_the_mayors_sign_the_states_are_read_only(site: Site) -> None:
    state = keep(site)
    site.world.write("Seitdem. ")
    site.world.freeze()
    clara = site.visitor("clara")
    page = clara.open(state)
    assert "zurückholen" not in page.text
    assert clara.send(state).status in (403, 409)
    assert clara.open(PAGE).status == 200


@pytest.mark.parametrize("fields", [{"block": "99"}, {"block": "-1"}, {"block": "x"}])
def test_what_there_is_not_is_refused(site: Site, fields: dict[str, str]) -> None:
    state = keep(site)
    clara = site.visitor("clara")
    clara.open(state)
    assert clara.send(state, **fields).status in (404, 422)
    assert clara.send(f"{PAGE}/4711").status == 404
    assert clara.open(f"{PAGE}/4711").status == 404
    assert clara.open(f"{PAGE}/x").status == 404
