"""What the log says in plain words."""

from datetime import UTC, datetime

import pytest

from server.domain.audit import AuditEvent, Tag
from server.web.http.languages import load_catalogues
from server.web.record.log_page import Fact, entries
from tests.web.house import ROOT

CATALOGUES = load_catalogues(ROOT / "server" / "locale")
AT = datetime(2026, 6, 17, tzinfo=UTC)


def test_a_sign_off_names_town_answer_and_level_and_the_beginning_of_the_fingerprint() -> None:
    facts = {"ags": "08317096", "answer": "signs", "level": "passkey", "sha256": "ab" * 32, "other": "x"}
    (entry,) = entries(
        [AuditEvent(AT, Tag.SIGN_OFF_GIVE, 7, "e", facts)], {7: "Doris"}, {"08317096": "Offenburg"}
    )
    assert entry.who == "Doris"
    assert entry.facts == (
        Fact("Municipality", "Offenburg"),
        Fact("Answer", "signs"),
        Fact("How", "passkey"),
        Fact("Fingerprint of the text", "abab abab abab abab …"),
    )


@pytest.mark.parametrize("tag", Tag)
def test_every_act_has_its_words(tag: Tag) -> None:
    (entry,) = entries([AuditEvent(AT, tag, 0, "e", {})], {}, {})
    assert CATALOGUES["de"].gettext(entry.what) != entry.what
