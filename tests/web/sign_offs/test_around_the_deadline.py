"""What the pages for signing say shortly before the deadline, shortly after it, and later."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from server.storage.tables.declarations import DeclarationRow
from tests.web.site import HOME, Site, Visitor, answered

DEADLINE = datetime(2026, 6, 17, 16, 0, tzinfo=UTC)
"""18 o'clock in summer in Germany."""


@pytest.fixture
def doris(site: Site) -> Visitor:
    site.world.freeze()
    site.write(
        lambda db: db.execute(update(DeclarationRow).values(deadline=DEADLINE, contact="Clara, 0781 1"))
    )
    return site.visitor("doris")


def at(site: Site, minutes: int) -> None:
    site.world.time = DEADLINE + timedelta(minutes=minutes)


def test_long_before_nothing_is_said_of_the_last_minutes(site: Site, doris: Visitor) -> None:
    at(site, -120)
    assert "18:15" not in doris.open(f"{HOME}/sign").text


def test_shortly_before_the_page_says_how_long_one_may_confirm(site: Site, doris: Visitor) -> None:
    at(site, -5)
    assert "können Sie noch bis 17. Juni 2026, 18:15 Uhr bestätigen" in doris.open(f"{HOME}/sign").text


def test_who_has_begun_is_told_and_not_cut_off(site: Site, doris: Visitor) -> None:
    at(site, -5)
    sent = doris.send(f"{HOME}/sign/code", **answered(doris.open(f"{HOME}/sign").hidden_fields))
    at(site, 4)
    page = doris.open(sent.location)
    assert "Sie können noch bis 17. Juni 2026, 18:15 Uhr bestätigen" in page.text
    assert doris.send(sent.location, code=site.newest_code("doris")).status == 303
    assert len(site.world.answers) == 1


def test_afterwards_the_page_says_what_one_can_do(site: Site, doris: Visitor) -> None:
    at(site, 1)
    page = doris.open(f"{HOME}/sign")
    assert page.heading == "Die Frist für Antworten ist abgelaufen"
    assert "rufen Sie bitte die Koordination an" in page.text
    assert "Clara, 0781 1" in page.text
    assert "Die Frist für Antworten ist abgelaufen." in doris.open().text


def test_an_answer_that_was_given_stays_and_is_not_changed(site: Site, doris: Visitor) -> None:
    at(site, -5)
    site.world.sign_with_passkey("doris")
    at(site, 1)
    assert "gilt unverändert" in doris.open(f"{HOME}/sign?change=1").text
