"""What the log says in plain words."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from server.catalogues import load_catalogues
from server.domain.audit import AuditEvent, Tag
from server.storage.record import audit
from server.web.http.pages.templating import say
from server.web.record.log_page import Fact, entries
from server.web.record.stories import STORIES, Names
from tests.web.house import ROOT
from tests.web.site import HOME, Page, Site, listening
from tests.world import SLUG

CATALOGUES = load_catalogues(ROOT / "server" / "locale")
LOG = f"{HOME}/log"
AT = datetime(2026, 6, 17, tzinfo=UTC)


NAMES = Names({7: "Doris", 8: "Anna"}, {"08317096": "Offenburg"})


def told(tag: Tag, facts: dict[str, object], actor: int = 7) -> str:
    """The sentence in German."""
    (entry,) = entries([AuditEvent(AT, tag, actor, "e", facts)], NAMES)
    return say(CATALOGUES["de"], entry.sentence, "de")


def test_a_sign_off_names_town_answer_and_level_and_the_beginning_of_the_fingerprint() -> None:
    facts: dict[str, object] = {
        "ags": "08317096",
        "answer": "signs",
        "level": "passkey",
        "revision": 2,
        "sha256": "ab" * 32,
        "other": "x",
    }
    (entry,) = entries([AuditEvent(AT, Tag.SIGN_OFF_GIVE, 7, "e", facts)], NAMES)
    assert entry.facts == (Fact("Fingerprint of the text", "abab abab abab abab …"),)
    assert told(Tag.SIGN_OFF_GIVE, facts) == (
        "Doris hat für Offenburg zu Fassung 2 geantwortet: zeichnet (Passkey)."
    )


def test_what_is_not_known_is_left_out_of_the_sentence() -> None:
    assert told(Tag.TEXT_FREEZE, {"revision": 1}) == "Doris hat Fassung 1 festgelegt."
    assert told(Tag.TEXT_FREEZE, {}) == "Doris hat eine Fassung festgelegt."
    invited: dict[str, object] = {"person": 8, "role": "editor", "ags": "08317096"}
    assert (
        told(Tag.PERSON_INVITE, invited) == "Doris hat Anna für Offenburg eingeladen (Referat / Vorzimmer)."
    )
    assert told(Tag.PERSON_INVITE, invited | {"person": 99, "ags": ""}) == (
        "Doris hat eine Person eingeladen (Referat / Vorzimmer)."
    )
    assert told(Tag.DOCUMENT_RENEW, {}, actor=0).startswith("Das System hat")


@pytest.mark.parametrize("tag", Tag)
def test_every_act_has_its_words(tag: Tag) -> None:
    assert CATALOGUES["de"].gettext(tag.sentence) != tag.sentence
    assert tag in {own for own, _ in STORIES}
    sentence = told(tag, {})
    assert "%(" not in sentence
    assert sentence.endswith(".")


def fill(site: Site, count: int) -> None:
    """Entries that say which of these they are."""

    async def append(db: AsyncSession) -> None:
        for number in range(count):
            facts = {"revision": 1000 + number}
            await audit.append_event(db, AuditEvent(AT, Tag.TEXT_FREEZE, 0, SLUG, facts))

    site.write(append)


def places(page: Page) -> list[int]:
    return [int(number) for number in re.findall(r"hat Fassung 1(\d{3})", page.text)]


def pages_of(page: Page) -> list[str]:
    return [href for href in page.links if re.fullmatch(rf"{LOG}(\?.*)?", href)]


def test_only_the_coordination_reads_it(site: Site) -> None:
    others = dict.fromkeys(("anna", "ben", "doris", "emil"), 403)
    assert site.statuses(LOG, "clara anna ben doris emil frank nobody") == others | {
        "clara": 200,
        "frank": 404,
        "nobody": 303,
    }


def test_it_names_who_did_what_newest_first(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    page = site.visitor("clara").open(LOG)
    assert page.heading == "Protokoll"
    acts = [
        "Doris hat für Offenburg zu Fassung 1 geantwortet: zeichnet (Passkey).",
        "Clara hat Fassung 1 festgelegt.",
        "Das System hat",
    ]
    assert [page.text.index(act) for act in acts] == sorted(page.text.index(act) for act in acts)
    assert "Ältere Einträge" not in page.text


def test_a_long_log_comes_in_pages_of_fifty(site: Site) -> None:
    before = len(site.world.tags)
    fill(site, 125)
    total = before + 125
    clara = site.visitor("clara")
    newest = clara.open(LOG)
    assert places(newest) == list(range(124, 74, -1))
    assert f"Einträge {total - 49} bis {total} von {total}" in newest.text
    assert pages_of(newest) == [f"{LOG}?before={total - 49}"]
    middle = clara.open(f"{LOG}?before={total - 49}")
    assert places(middle) == list(range(74, 24, -1))
    older, newer = f"{LOG}?before={total - 99}", LOG
    assert pages_of(middle) == [newer, older]
    oldest = clara.open(older)
    assert places(oldest) == list(range(24, -1, -1))
    assert "hat die Erklärung angelegt" in oldest.text
    assert pages_of(oldest) == [f"{LOG}?before={total - 49}"]


def test_a_page_keeps_its_entries_while_the_log_grows(site: Site) -> None:
    fill(site, 150)
    clara = site.visitor("clara")
    kept = clara.open(f"{LOG}?before=101")
    fill(site, 60)
    assert places(clara.open(f"{LOG}?before=101")) == places(kept)


@pytest.mark.parametrize("before", ["", "x", "-1", "1.5", "²", "9" * 400, "99999"])
def test_an_address_that_names_no_page_shows_the_newest(site: Site, before: str) -> None:
    fill(site, 3)
    assert places(site.visitor("clara").open(f"{LOG}?before={before}")) == [2, 1, 0]


@pytest.mark.parametrize("before", ["0", "1", "2"])
def test_the_first_entry_is_the_end(site: Site, before: str) -> None:
    page = site.visitor("clara").open(f"{LOG}?before={before}")
    assert "Einträge 1 bis 1 von" in page.text
    assert "Ältere Einträge" not in page.text


def test_the_pages_are_named_in_english_too(site: Site) -> None:
    fill(site, 120)
    page = site.visitor("clara").open(f"{LOG}?lang=en&before=101")
    assert 'aria-label="Pages of the log"' in page.source
    assert "Entries 51 to 100 of" in page.text
    assert "Newer entries" in page.text


def test_more_people_in_the_log_take_no_more_queries(site: Site) -> None:
    clara = site.visitor("clara")
    with listening() as few:
        clara.open(LOG)
    site.world.freeze()
    for name in ("doris", "gustav"):
        site.world.sign_with_passkey(name)
    with listening() as many:
        clara.open(LOG)
    assert len(many) <= len(few) + 1  # towns are asked for where there are any
