"""The pages for answers on paper: recording, comparing with the scan, and who sees it."""

from __future__ import annotations

import pytest

from server.domain.sign_offs.statements import Level
from tests.dossier.scans import pdf, picture
from tests.web.site import HOME, Page, Site, Visitor, answered

PAPER = f"{HOME}/paper"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"></svg>'


@pytest.fixture
def clara(site: Site) -> Visitor:
    site.world.freeze()
    return site.visitor("clara")


def form_of(clara: Visitor, whose: str = "doris") -> dict[str, str]:
    page = clara.open(f"{PAPER}?mandate={clara.site.world.mandate(whose).id}")
    assert page.status == 200
    return page.hidden_fields


def bring(clara: Visitor, scan: bytes | None = None, **more: str) -> Page:
    fields = answered(form_of(clara), **{"day": "2026-06-17", **more})
    files = None if scan == b"" else {"scan": ("scan.pdf", scan or picture(), "application/pdf")}
    return clara.send(PAPER, files or {"scan": ("", b"", "application/octet-stream")}, **fields)


def test_the_way_from_the_paper_to_the_answer(site: Site, clara: Visitor) -> None:
    listed = clara.open(PAPER)
    assert "Offenburg: Doris, Oberbürgermeisterin" in listed.text
    done = bring(clara)
    assert (done.status, done.location) == (303, f"{PAPER}/1")
    own = clara.open(done.location)
    assert "zweite Person" in own.text
    assert own.main_buttons == []
    anna = site.visitor("anna")
    asked = anna.open(done.location)
    assert asked.heading == "Steht auf dem Papier von Offenburg genau das?"
    assert asked.main_buttons == ["Bestätigen: Das steht auf dem Papier"]
    assert anna.send(f"{PAPER}/1/confirm").status == 303
    assert [s.level for s in site.world.answers] == [Level.PAPER]
    assert "bestätigt" in anna.open(f"{PAPER}/1").heading
    receipt = site.visitor("doris").open(f"{HOME}/sign")
    assert "auf Papier" in receipt.text


def test_the_scan_is_for_the_coordination_and_the_municipality(site: Site, clara: Visitor) -> None:
    bring(clara)
    names = "clara anna doris gustav ben emil frank nobody"
    expected = {
        "clara": 200,
        "anna": 200,
        "doris": 200,
        "gustav": 404,
        "ben": 403,
        "emil": 403,
        "frank": 404,
        "nobody": 401,
    }
    for page in ("/scan", ""):
        found = site.statuses(f"{PAPER}/1{page}", names)
        found["nobody"] = 401 if found["nobody"] in (302, 303, 401) else found["nobody"]
        assert found == expected
    assert site.statuses(f"{PAPER}/99999999999999999999", "clara") == {"clara": 404}


def test_a_scan_is_saved_and_not_shown_as_a_page_of_ours(clara: Visitor) -> None:
    bring(clara, pdf())
    found = clara.open(f"{PAPER}/1/scan")
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"].startswith("attachment")
    assert found.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("scan", "sentence"),
    [
        (SVG, "weder PDF noch PNG noch JPEG"),
        (pdf(password="geheim"), "Kennwort"),
        (bytes(30 * 1024 * 1024), "mehr als 10 MB"),
        (b"", "Bitte wählen Sie den Scan"),
    ],
    ids=["svg", "encrypted", "30 MB", "none"],
)
def test_a_bad_scan_is_said_beside_its_field_and_what_was_typed_stays(
    site: Site, clara: Visitor, scan: bytes, sentence: str
) -> None:
    page = bring(clara, scan, answer="signs_with_statement", statement="Mit Nachdruck.")
    assert page.status == 422
    assert sentence in page.text
    assert "Mit Nachdruck." in page.text
    assert 'value="2026-06-17"' in page.source
    assert site.world.answers == []


def test_too_many_words_are_said_as_on_the_signing_page(clara: Visitor) -> None:
    page = bring(clara, answer="signs_with_statement", statement="a" * 1501)
    assert page.status == 422
    assert "1501" in page.text


def test_only_the_coordination_records(site: Site, clara: Visitor) -> None:
    mandate = site.world.mandate("doris").id
    statuses = site.statuses(f"{PAPER}?mandate={mandate}", "anna doris emil frank")
    assert statuses == {"anna": 403, "doris": 403, "emil": 403, "frank": 404}


def test_the_overview_leads_there(clara: Visitor) -> None:
    assert PAPER in clara.open().links
