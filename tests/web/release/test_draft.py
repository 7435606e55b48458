"""The fixed text as a PDF before the seal."""

from __future__ import annotations

from tests.web.site import HOME, Site

DRAFT = f"{HOME}/draft.pdf"


def test_the_brief_leads_to_the_text_as_a_pdf(site: Site) -> None:
    site.world.freeze()
    doris = site.visitor("doris")
    assert DRAFT in doris.open(f"{HOME}/sign").links
    found = doris.open(DRAFT)
    assert found.headers["content-type"] == "application/pdf"
    assert found.source.startswith("%PDF-1.7")
    assert site.statuses(DRAFT, "anna ben clara emil frank") == {
        "anna": 200,
        "ben": 200,
        "clara": 200,
        "emil": 409,
        "frank": 404,
    }


def test_there_is_none_before_a_text_was_fixed_and_not_a_hundred_at_once(site: Site) -> None:
    doris = site.visitor("doris")
    assert doris.open(DRAFT).status == 404
    statuses = [doris.open(DRAFT).status for _ in range(61)]
    assert statuses[-1] == 429
