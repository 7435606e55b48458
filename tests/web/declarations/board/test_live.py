"""The part of the board that keeps itself up to date."""

from __future__ import annotations

import html
import re

import pytest

from server.actions.people import participants
from server.domain.sign_offs.answers import Answer
from tests.web.site import HOME, Page, Site, Visitor, listening
from tests.world import LAHR, OFFENBURG, SLUG

BOARD = f"{HOME}/board"
_ADDRESS = re.compile(r'hx-get="([^"]+)"')
_NEWS = re.compile(r'<p id="board-news" hx-swap-oob="innerHTML">(.*?)</p>', re.S)


def address_in(page: Page) -> str:
    """Where the part will ask next."""
    found = _ADDRESS.search(page.source)
    assert found is not None
    return html.unescape(found[1])


def news_in(page: Page) -> str:
    found = _NEWS.search(page.source)
    return html.unescape(found[1]) if found else ""


@pytest.fixture
def clara(site: Site) -> Visitor:
    site.world.freeze()
    return site.visitor("clara")


def test_while_nothing_happens_nothing_is_sent(clara: Visitor) -> None:
    address = address_in(clara.open(BOARD))
    answer = clara.open(address)
    assert (answer.status, answer.source) == (204, "")


def test_an_answer_brings_the_part_again_and_one_sentence(clara: Visitor) -> None:
    address = address_in(clara.open(BOARD))
    clara.site.world.sign_with_passkey("doris")
    part = clara.open(address)
    assert part.status == 200
    assert "<html" not in part.source
    assert "Eine von 2 Kommunen zeichnet." in part.source
    assert news_in(part) == "Offenburg: zeichnet · Eine von 2 Kommunen zeichnet."
    assert f'id="r-{OFFENBURG}" tabindex="-1" class="is-new"' in part.source
    assert f'id="r-{LAHR}" tabindex="-1">' in part.source
    assert clara.open(address_in(part)).status == 204


def test_what_was_taken_back_is_news_too(clara: Visitor) -> None:
    clara.site.world.sign_with_passkey("doris")
    address = address_in(clara.open(BOARD))
    clara.site.world.withdraw("doris")
    assert news_in(clara.open(address)) == "Offenburg: Antwort wieder offen · 0 von 2 Kommunen zeichnen."


def test_the_filter_stays_as_it_is(clara: Visitor) -> None:
    address = address_in(clara.open(f"{BOARD}?answer=open&q=a&sort=name"))
    clara.site.world.sign_with_passkey("doris")
    part = clara.open(address)
    assert re.findall(r'<tr role="row" id="r-(\d+)"', part.source) == [LAHR]
    assert address_in(part).startswith(f"{BOARD}/live?answer=open&q=a&sort=name&seen=")


def test_what_one_reader_may_not_see_does_not_come_from_another_s_part(clara: Visitor) -> None:
    """It is rendered once for all who see the same: a reason for the coordination is not for all."""
    anna = clara.site.visitor("anna")
    address = address_in(clara.open(BOARD))
    clara.site.world.answer("doris", Answer.DECLINES, note="Der Haushalt ist gesperrt.")
    assert "Der Haushalt ist gesperrt." in clara.open(address).source
    assert "doris@example.org" not in anna.open(address).source
    assert "Haushalt" not in anna.open(address).source


def test_who_loses_the_right_meanwhile_gets_no_part_any_more(clara: Visitor) -> None:
    site = clara.site
    anna = site.visitor("anna")
    address = address_in(anna.open(BOARD))
    assert anna.open(address).status == 204
    person = site.world.person("anna").id
    site.world.run(
        participants.remove_person(
            site.world.services,
            actor=site.world.person("clara"),
            slug=SLUG,
            person_id=person,
            proven_at=site.world.time,
        )
    )
    assert anna.open(address).status == 404


def test_who_may_not_follow_the_sign_offs_gets_no_part(clara: Visitor) -> None:
    assert clara.site.statuses(f"{BOARD}/live?seen=0", "ben emil frank") == {
        "ben": 403, "emil": 403, "frank": 404
    }  # fmt: skip


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "%00"])
def test_whatever_stands_in_the_address_brings_the_part(clara: Visitor, seen: str) -> None:
    assert clara.open(f"{BOARD}/live?seen={seen}").status == 200


def test_a_part_is_made_once_for_all_who_see_the_same(clara: Visitor) -> None:
    other = clara.site.visitor("clara")
    address = address_in(clara.open(BOARD))
    clara.site.world.sign_with_passkey("doris")
    with listening() as first:
        clara.open(address)
    with listening() as second:
        other.open(address)
    assert len(second) < len(first)
    assert not [statement for statement in second if "sign_offs" in statement]
