"""Is this PDF genuine? For anyone, without signing in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from pathlib import Path

from sqlalchemy import update

from server.actions.declarations.settings import change_setting
from server.domain.release.finding_sentences import CHECKS, FAILED, LIMITS
from server.domain.release.verification import Verdict
from server.domain.terms.settings import PlaceAndDay
from server.dossier.apart.checks_apart import ChecksApart
from server.dossier.check.first_look import look_at
from server.storage.declarations.declarations import load_declaration
from server.storage.release import hours
from server.storage.tables.release import FinalDocumentRow
from server.storage.tables.text import RevisionRow
from tests.browser_check import kept
from tests.dossier.foreign_files import pdf_files, plain_files
from tests.vectors.on_the_page import headings, trusting
from tests.web.site import Page, Site
from tests.world import SLUG, World

VERIFY = "/verify"
GERMAN = {
    Verdict.NOT_GENUINE: "Nicht echt",
    Verdict.FOREIGN: "Kein Dokument aus Kraftakt",
    Verdict.UNREADABLE: "Die Datei ließ sich nicht lesen",
}


def test_everybody_may_ask(site: Site) -> None:
    for name in ("", "frank", "clara"):
        page = site.visitor(name).open(VERIFY)
        assert (page.status, page.heading) == (200, "Ist diese PDF-Datei echt?")
        assert page.main_buttons == ["Prüfen"]
    assert site.visitor().open(f"{VERIFY}?lang=en").heading == "Is this PDF genuine?"


def test_the_report_names_who_signed_what(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    pdf = site.world.seal().pdf
    frank = site.visitor()
    frank.open(VERIFY)
    report = frank.send(VERIFY, files={"pdf": ("e.pdf", pdf, "application/pdf")})
    assert report.status == 200
    assert report.heading == "Nur eine Probe"
    assert "Offenburg" in report.text
    assert "Doris" in report.text


def check(site: Site, pdf: bytes, language: str = "de", name: str = "e.pdf") -> Page:
    frank = site.visitor()
    frank.open(f"{VERIFY}?lang={language}")
    report = frank.send(VERIFY, files={"pdf": (name, pdf, "application/pdf")})
    assert report.status == 200
    return report


def sealed(site: Site) -> bytes:
    site.world.freeze()
    for name in ("doris", "gustav"):
        site.world.sign_with_passkey(name)
    return site.world.seal().pdf


def test_what_is_wrong_stands_first_and_is_named_as_what_it_is(site: Site) -> None:
    pdf = bytearray(sealed(site))
    pdf[pdf.index(b"/Reason") + 20] ^= 1
    report = check(site, bytes(pdf))
    assert report.heading == "Nicht echt"
    assert "Nach der Ausfertigung verändert" in report.text
    assert report.text.index("Was nicht stimmt") < report.text.index("Angaben der Datei")
    assert report.text.index("Angaben der Datei") < report.text.index("Was bewiesen ist")


def test_the_report_shows_seal_file_and_time(site: Site) -> None:
    clara, given = site.world.person("clara"), PlaceAndDay("Bad Beispiel", date(2027, 6, 18))
    site.world.run(change_setting(site.world.services, actor=clara, slug=SLUG, setting=given))
    pdf = sealed(site)
    report = check(site, pdf, name="Erklärung <b>.pdf")
    assert '<dt>Ort</dt><dd lang="de">Bad Beispiel</dd>' in report.source
    digest = hashlib.sha256(pdf).hexdigest()
    assert digest in report.text.replace(" ", "")
    for said in (
        "Elektronisches Siegel von",
        "Aussteller des Zertifikats",
        "Erklärung <b>.pdf",
        "Geprüft am",
    ):
        assert said in report.text
    assert f"{len(pdf):,} Byte".replace(",", ".") in report.text
    assert f'download="pruefbericht-{digest[:16]}.json"' in report.source
    for way in ("DSS", "pdfsig", "LIESMICH.txt"):
        assert way in report.text


def test_the_saved_report_is_that_of_the_command_line(site: Site) -> None:
    pdf = sealed(site)
    found = re.search(r'href="data:application/json;base64,([^"]+)"', check(site, pdf).source)
    assert found is not None
    saved = json.loads(base64.b64decode(found[1]))
    assert saved["verdict"] == "trial"
    assert saved["file"]["digest"] == hashlib.sha256(pdf).hexdigest()
    assert [line["municipality"] for line in saved["sign_offs"]] == ["Lahr/Schwarzwald", "Offenburg"]


def test_equal_lines_are_one_with_their_number(site: Site) -> None:
    report = check(site, sealed(site))
    assert report.source.count("Mitzeichnung steht im Protokoll") == 1
    assert "2-mal Lahr/Schwarzwald, Offenburg" in report.text


def test_each_language_is_whole(site: Site) -> None:
    pdf = sealed(site)
    german, english = check(site, pdf), check(site, pdf, "en")
    assert "Technical finding" not in german.text
    for sentence in (*CHECKS.values(), *FAILED.values(), *LIMITS.values()):
        assert sentence not in german.text
    assert english.heading == "Only a trial"
    assert "Technischer Befund" not in english.text


def test_strangers_files_get_the_verdict_of_the_command_line(site: Site, tmp_path: Path) -> None:
    names = (
        "a letter",
        "an unsigned PDF",
        "a PDF that others signed",
        "a password for readers",
        "half a PDF",
    )
    files = {**plain_files(), **pdf_files(tmp_path)}
    for name in (*names, "half a PDF", "one of our attachments", "a file over the limit"):
        data, verdict = files[name]
        assert check(site, data).heading == GERMAN[verdict], name


def test_without_a_file_the_page_asks_for_one(site: Site) -> None:
    frank = site.visitor()
    frank.open(VERIFY)
    for missing in ({"files": {"pdf": ("", b"", "application/pdf")}}, {"pdf": "text"}):
        page = frank.send(VERIFY, **missing)
        assert page.status == 422
        assert "Bitte wählen Sie zuerst eine PDF-Datei aus." in page.text
        assert 'aria-describedby="pdf-hint pdf-error"' in page.source
        assert page.main_buttons == ["Prüfen"]


def test_the_code_on_the_document_is_known_and_says_nothing_of_the_text(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    final = site.world.seal()
    before = site.visitor().open(f"/v/{final.short_code}")
    assert (before.status, final.pdf_digest in before.source) == (200, False)
    assert "noch nicht veröffentlicht" in before.text
    site.write(hours.set_hour, site.world.read(load_declaration, SLUG), site.world.time)
    page = site.visitor().open(f"/v/{final.short_code}")
    assert page.status == 200
    assert "Dieser Code ist bekannt." in page.text
    assert final.pdf_digest in page.text.replace(" ", "")
    for secret in ("Doris", "Offenburg", "gemeinsam"):
        assert secret not in page.text
    unknown = site.visitor().open("/v/AAAA-BBBB-CCCC")
    assert unknown.status == 404
    assert "Dieser Code ist hier nicht bekannt." in unknown.text


def test_only_our_own_seal_is_genuine_here_or_the_one_of_a_file_that_we_keep(site: Site) -> None:
    """Each customer of our authority can seal a file like ours, and it vouches for the names of all."""
    world, roots, pdf = site.world, (kept.ROOT.read_bytes(),), kept.STAMPED.read_bytes()
    before = trusting(world, ChecksApart(), roots)
    other = trusting(world, ChecksApart(), roots, holder="Amt am Bach")
    assert world.run(headings(before, [pdf])) == ["Echt und unverändert"]
    assert world.run(headings(other, [pdf])) == ["Nicht echt"]
    world.freeze()
    world.sign_with_passkey("doris")
    world.seal()
    world.run(store(world, pdf))
    assert world.run(headings(other, [pdf])) == ["Echt und unverändert"]


async def store(world: World, pdf: bytes) -> None:
    """As if it had been sealed here, by the holder of that time."""
    text = look_at(pdf)["erklaerung.json"]  # type: ignore[index]  # it is one of ours
    async with world.services.database.write() as db:
        await db.execute(update(RevisionRow).values(digest=hashlib.sha256(text).hexdigest()))
        await db.execute(update(FinalDocumentRow).values(pdf=pdf))
