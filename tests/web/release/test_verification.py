"""Is this PDF genuine? For anyone, without signing in."""

from __future__ import annotations

from tests.web.site import Site

VERIFY = "/verify"


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
    assert "Dieses Dokument ist unverändert, aber nur eine Probe." in report.text
    assert "Offenburg" in report.text
    assert "Doris" in report.text


def test_what_is_no_document_of_ours_is_not_genuine(site: Site) -> None:
    frank = site.visitor()
    frank.open(VERIFY)
    report = frank.send(VERIFY, files={"pdf": ("e.pdf", b"%PDF-1.7 something else", "application/pdf")})
    assert report.status == 200
    assert "Bitte verlassen Sie sich nicht auf diese Datei." in report.text


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
    page = site.visitor().open(f"/v/{final.short_code}")
    assert page.status == 200
    assert "Dieser Code ist bekannt." in page.text
    assert final.pdf_digest in page.text.replace(" ", "")
    for secret in ("Doris", "Offenburg", "gemeinsam"):
        assert secret not in page.text
    unknown = site.visitor().open("/v/AAAA-BBBB-CCCC")
    assert unknown.status == 404
    assert "Dieser Code ist hier nicht bekannt." in unknown.text
