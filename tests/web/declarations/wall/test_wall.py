"""The page for the hall: by a link, without an account, until the link is taken back."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.sign_offs.answers import Answer
from server.storage.tables.declarations import WallRow
from tests.web.site import HOME, Site, Visitor, listening
from tests.world import LAHR, OFFENBURG

BOARD = f"{HOME}/board"


@pytest.fixture
def signing(site: Site) -> Site:
    site.world.freeze()
    return site


def make_link(site: Site) -> str:
    """Its path."""
    clara = site.visitor("clara")
    clara.open(BOARD)
    made = clara.send(f"{BOARD}/walls")
    found = re.search(r"http[^\s\"<]+(/wall/[\w-]{43})", made.source)
    assert (made.status, bool(found)) == (200, True), made.text
    assert found is not None
    return found[1]


async def hashes_of(db: AsyncSession) -> list[str]:
    return list(await db.scalars(select(WallRow.token_hash)))


def state_of(visitor: Visitor, path: str) -> dict[str, dict[str, str]]:
    return {place["key"]: place for place in visitor.open(f"{path}/state").data["places"]}


def test_whoever_has_the_link_looks_without_an_account(signing: Site) -> None:
    path = make_link(signing)
    page = signing.visitor().open(path)
    assert (page.status, page.heading) == (200, "Erklärung")
    assert "0 von 2" in page.text
    signing.world.sign_with_passkey("doris")
    page = signing.visitor().open(path)
    assert "1 von 2 Soeben mitgezeichnet Offenburg Doris" in page.text


def test_the_hall_sees_names_and_answers_and_no_reasons(signing: Site) -> None:
    path, world = make_link(signing), signing.world
    world.answer("doris", Answer.SIGNS_WITH_STATEMENT, "Nur mit Landesmitteln.")
    world.answer("gustav", Answer.DECLINES, "Kein Geld.", note="Streit im Rat.")
    for source in (signing.visitor().open(path).source, signing.visitor().open(f"{path}/state").source):
        assert not re.search("Landesmitteln|Geld|Streit|example.org|Gustav", source)
    places = state_of(signing.visitor(), path)
    assert (places[OFFENBURG]["answer"], places[OFFENBURG]["who"]) == ("signs_with_statement", "Doris")
    assert places[LAHR] == {"key": LAHR, "name": "Lahr/Schwarzwald", "answer": "open", "who": "", "at": ""}


def test_who_has_the_newest_state_already_is_told_so_without_a_body(signing: Site) -> None:
    path, viewer = make_link(signing), signing.visitor()
    first = viewer.open(f"{path}/state")
    again = viewer.open(f"{path}/state", If_None_Match=first.headers["etag"])
    assert (again.status, again.source) == (304, "")
    assert again.headers["etag"] == first.headers["etag"]


def test_hundreds_who_look_in_the_same_second_cost_one_look(signing: Site) -> None:
    path, viewer = make_link(signing), signing.visitor()
    tag = viewer.open(f"{path}/state").headers["etag"]
    with listening() as heard:
        for _ in range(5):
            assert viewer.open(f"{path}/state", If_None_Match=tag).status == 304
    assert heard == []


@pytest.mark.parametrize("page", ["", "/state"])
def test_a_link_that_is_unknown_leads_to_a_sentence(signing: Site, page: str) -> None:
    found = signing.visitor().open(f"/wall/{'x' * 43}{page}")
    assert found.status == 404
    assert "Dieser Link zur Leinwand gilt nicht oder nicht mehr." in found.source


def test_a_link_that_was_taken_back_works_no_more(signing: Site) -> None:
    path, clara = make_link(signing), signing.visitor("clara")
    assert signing.visitor().open(f"{path}/state").status == 200
    clara.open(BOARD)
    assert clara.send(f"{BOARD}/walls/1/close").location == f"{BOARD}#walls"
    assert signing.visitor().open(path).status == 404
    assert signing.visitor().open(f"{path}/state").status == 404
    assert clara.send(f"{BOARD}/walls/1/close").status == 404
    assert signing.world.tags[-2:] == ["declaration:wall:open", "declaration:wall:close"]


def test_only_the_coordination_makes_links_and_takes_them_back(signing: Site) -> None:
    make_link(signing)
    for name, status in (("anna", 403), ("doris", 403), ("emil", 403), ("frank", 404)):
        visitor = signing.visitor(name)
        visitor.open("/account")
        assert visitor.send(f"{BOARD}/walls").status == status, name
        assert visitor.send(f"{BOARD}/walls/1/close").status == status, name
    assert "walls" not in signing.visitor("anna").open(BOARD).source


def test_the_link_is_kept_as_a_hash_and_shown_once(signing: Site) -> None:
    token = make_link(signing).removeprefix("/wall/")
    assert token not in signing.visitor("clara").open(BOARD).source

    (kept,) = signing.world.read(hashes_of)
    assert len(kept) == 64
    assert token not in kept


def test_there_are_at_most_ten_links(signing: Site) -> None:
    clara = signing.visitor("clara")
    clara.open(BOARD)
    statuses = [clara.send(f"{BOARD}/walls").status for _ in range(11)]
    assert statuses == [200] * 10 + [409]


def test_the_page_needs_no_script_to_say_how_things_stand(signing: Site) -> None:
    source = signing.visitor().open(make_link(signing)).source
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in source
    assert "style=" not in source
