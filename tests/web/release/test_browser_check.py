"""The page for checking a PDF hands the check in the browser all its words."""

from __future__ import annotations

import json
import re

from server.domain.release.finding_sentences import CHECKS, FAILED, OUTCOMES, VERDICTS
from server.domain.release.verification import Outcome, Verdict
from server.signing.checks import Check
from tests.web.house import ROOT, House

WORDS = re.compile(r'<script type="application/json" id="browser-check-words">(.*?)</script>', re.S)
READER = ROOT / "client" / "src" / "verify" / "page" / "words.ts"


def words(house: House, language: str) -> dict[str, dict[str, str]]:
    found = WORDS.search(house.get("/verify", headers={"Accept-Language": language}).text)
    assert found is not None
    handed: dict[str, dict[str, str]] = json.loads(found[1])
    return handed


def test_every_check_has_its_words() -> None:
    assert set(CHECKS) == set(FAILED) == set(Check)
    assert set(VERDICTS) == set(Verdict)
    assert set(OUTCOMES) == set(Outcome)


def test_the_words_are_those_of_the_page(house: House) -> None:
    assert words(house, "de")["checks"]["seal.present"] == "Datei trägt ein elektronisches Siegel"
    assert words(house, "en")["checks"]["seal.present"] == "File carries a seal"
    assert words(house, "de")["failures"]["seal.intact"] == "Nach der Ausfertigung verändert"
    assert words(house, "en")["verdicts"]["trial"] == "Only a trial"


def test_the_client_finds_every_sentence_that_it_asks_for(house: House) -> None:
    listed = re.search(r"const SENTENCES = \[(.*?)\]", READER.read_text("utf-8"), re.S)
    assert listed is not None
    assert set(re.findall(r'"(\w+)"', listed[1])) == set(words(house, "de")["sentences"])
    assert words(house, "de")["sentences"]["places"] == "{number} Kommunen"


def test_the_page_loads_the_program_and_still_offers_the_upload(house: House) -> None:
    page = house.get("/verify").text
    assert "/static/verify.js" in page
    assert 'id="browser-check"' in page
    assert 'action="/verify" enctype="multipart/form-data"' in page
