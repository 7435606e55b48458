"""The board says where the region stands, to whoever may follow the sign-offs."""

from __future__ import annotations

import re

from server.domain.sign_offs.answers import Answer
from tests.web.site import HOME, Page, Site
from tests.world import LAHR, OFFENBURG

BOARD = f"{HOME}/board"


def rows_of(page: Page) -> list[str]:
    """Official keys, in the order of the list."""
    return re.findall(r'<tr role="row" id="r-(\d+)"', page.source)


def test_who_follows_the_sign_offs_sees_the_board_and_nobody_else(site: Site) -> None:
    site.world.freeze()
    found = site.statuses(BOARD, "clara anna doris ben emil frank nobody")
    assert found == {
        "clara": 200, "anna": 200, "doris": 200, "ben": 403, "emil": 403, "frank": 404, "nobody": 303
    }  # fmt: skip


def test_before_there_is_a_revision_the_board_says_so(site: Site) -> None:
    page = site.visitor("clara").open(BOARD)
    assert (page.status, page.heading) == (200, "Noch ist niemand gefragt.")


def test_the_heading_says_how_things_stand(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    page = site.visitor("anna").open(BOARD)
    assert page.heading == "Eine von 2 Kommunen zeichnet."
    assert "Code per E-Mail" not in page.text
    assert "Passkey" in page.text
    assert rows_of(page) == [LAHR, OFFENBURG], "open ones first"


def test_an_answer_under_a_condition_is_no_signature(site: Site) -> None:
    site.world.freeze()
    site.world.answer("doris", Answer.SUBJECT_TO_COUNCIL)
    assert site.visitor("clara").open(BOARD).heading == "0 von 2 Kommunen zeichnen."


def test_the_list_is_filtered_searched_and_sorted_without_script(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("gustav")
    clara = site.visitor("clara")
    assert rows_of(clara.open(f"{BOARD}?answer=open")) == [OFFENBURG]
    assert rows_of(clara.open(f"{BOARD}?answer=signs")) == [LAHR]
    assert rows_of(clara.open(f"{BOARD}?q=doris")) == [OFFENBURG]
    assert rows_of(clara.open(f"{BOARD}?sort=time")) == [LAHR, OFFENBURG]
    assert rows_of(clara.open(f"{BOARD}?sort=name")) == [LAHR, OFFENBURG]
    assert "Keine Kommune entspricht" in clara.open(f"{BOARD}?q=Nirgendwo").text


def test_what_is_no_filter_and_no_order_counts_as_none(site: Site) -> None:
    site.world.freeze()
    page = site.visitor("clara").open(f"{BOARD}?answer=%22%3E&sort=money&q={'x' * 5000}")
    assert page.status == 200
    assert 'value="' + "x" * 100 + '"' in page.source


def test_a_reason_for_the_coordination_alone_is_shown_to_nobody_else(site: Site) -> None:
    site.world.freeze()
    site.world.answer("doris", Answer.DECLINES, note="Der Haushalt ist gesperrt.")
    assert "Der Haushalt ist gesperrt." in site.visitor("clara").open(BOARD).text
    for name in ("anna", "doris"):
        assert "Haushalt" not in site.visitor(name).open(BOARD).source


def test_addresses_are_shown_to_the_coordination_only(site: Site) -> None:
    site.world.freeze()
    assert "mailto:doris@example.org" in site.visitor("clara").open(BOARD).source
    assert "doris@example.org" not in site.visitor("anna").open(BOARD).source
