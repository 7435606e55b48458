"""Privacy notice, imprint, accessibility statement: public, edited by who may create declarations."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.record.legal_texts import starter_text
from server.domain.people.languages import LANGUAGES
from server.domain.record.legal_markup import Part, Piece, read_markup
from server.domain.record.legal_pages import LegalPage, count_placeholders
from server.storage.people import persons
from tests.web.site import Page, Site, Visitor

PAGES = ("/privacy", "/imprint", "/accessibility")


def editor(site: Site) -> Visitor:
    site.write(persons.allow_creating, site.world.person("clara").id)
    return site.visitor("clara")


def save(visitor: Visitor, path: str, text: str, seen: int = 0, language: str = "de") -> Page:
    visitor.open(f"{path}/edit")
    return visitor.send(f"{path}/edit", language=language, seen=str(seen), text=text)


@pytest.mark.parametrize("path", PAGES)
def test_anybody_reads_it_and_every_footer_leads_there(site: Site, path: str) -> None:
    page = site.visitor().open(path)
    assert page.status == 200
    assert f'<a href="{path}"' in site.visitor().open("/login").source
    assert site.visitor().open(f"{path}?lang=en").status == 200


def test_the_headings_are_those_of_the_law(site: Site) -> None:
    shown = site.visitor().open("/accessibility").text
    for heading in (
        "Stand der Vereinbarkeit",
        "Nicht barrierefreie Inhalte",
        "Erstellung dieser Erklärung",
        "Rückmeldung und Kontakt",
        "Durchsetzungsverfahren",
    ):
        assert heading in shown
    assert "§ 5 des Digitale-Dienste-Gesetzes" in site.visitor().open("/imprint").text
    assert "Artikel 17 Absatz 3" in site.visitor().open("/privacy").text


@pytest.mark.parametrize("page", LegalPage)
def test_starter_texts_ask_for_the_same_in_both_languages(page: LegalPage) -> None:
    texts = [starter_text(page, language) for language in LANGUAGES]
    assert len({count_placeholders(text) for text in texts}) == 1
    assert count_placeholders(texts[0]) > 3
    assert len({tuple(part.kind for part in read_markup(text)) for text in texts}) == 1


def test_the_warning_stays_until_the_last_place_is_filled_in(site: Site) -> None:
    clara = editor(site)
    assert "noch nicht vollständig" in clara.open("/imprint").text
    assert "Impressum Deutsch (9)" in clara.open("/").text
    assert "noch Angaben fehlen" not in site.visitor("anna").open("/").text
    assert save(clara, "/imprint", "Amt\n\n[bitte ausfüllen: Ort]").status == 303
    assert "1 Angabe muss" in site.visitor().open("/imprint").text
    assert save(clara, "/imprint", "Amt Musterstadt", seen=1).location == "/imprint?lang=de&done=1"
    assert "noch nicht vollständig" not in site.visitor().open("/imprint").text
    start = clara.open("/").text
    assert "Impressum Deutsch" not in start
    assert "Impressum Englisch (9)" in start
    for path in PAGES:
        for language in LANGUAGES:
            seen = 2 if (path, language) == ("/imprint", "de") else 0
            save(clara, path, "Alles da.", seen=seen, language=language)
    assert "noch Angaben fehlen" not in clara.open("/").text


def test_versions_are_kept_and_count_again_when_saved(site: Site) -> None:
    clara = editor(site)
    save(clara, "/imprint", "Erster Stand")
    save(clara, "/imprint", "Zweiter Stand", seen=1)
    assert "Zweiter Stand" in site.visitor().open("/imprint").text
    page = clara.open("/imprint/edit?language=de&version=1")
    assert "Erster Stand\n</textarea>" in page.source
    assert 'name="seen" value="2"' in page.source
    assert site.world.read(all_tags).count("service:page:change") == 2


async def all_tags(db: AsyncSession) -> list[str]:
    return [row.tag for row in await db.execute(text("SELECT tag FROM audit_events"))]


def test_who_saves_over_somebody_else_keeps_their_text(site: Site) -> None:
    clara = editor(site)
    save(clara, "/imprint", "Erster Stand")
    page = save(clara, "/imprint", "Mein Stand", seen=0)
    assert page.status == 409
    assert "Mein Stand</textarea>" in page.source
    assert "Erster Stand" in site.visitor().open("/imprint").text


def test_an_empty_or_endless_text_is_refused_and_stays(site: Site) -> None:
    clara = editor(site)
    assert save(clara, "/privacy", " ").status == 422
    assert save(clara, "/privacy", "ä" * 40_001).status == 422
    assert save(clara, "/privacy", "ä" * 39_000).status == 303


def test_only_who_may_create_declarations_edits(site: Site) -> None:
    editor(site)
    expected = {"clara": 200, "anna": 403, "doris": 403, "emil": 403, "frank": 403, "nobody": 303}
    assert site.statuses("/privacy/edit", "clara anna doris emil frank nobody") == expected
    anna = site.visitor("anna")
    anna.open("/account")
    assert anna.send("/privacy/edit", language="de", seen="0", text="Anna war hier").status == 403
    assert "Anna war hier" not in site.visitor().open("/privacy").text


def test_nothing_that_is_typed_becomes_html_or_script(site: Site) -> None:
    clara = editor(site)
    bad = (
        "<script>alert(1)</script>\n\n[klick](javascript:alert(1))\n\n[fremd](//evil.example)\n\n## <b>x</b>"
    )
    save(clara, "/privacy", bad)
    page = site.visitor().open("/privacy")
    assert "<script>alert" not in page.source
    assert "<b>" not in page.source
    assert not [href for href in page.links if "javascript" in href or "evil" in href]


def test_the_structure_is_headings_paragraphs_lists_and_links() -> None:
    typed = (
        "## Titel\nEin Satz\nund noch einer, siehe [hier](https://a.example/b).\n\n"
        "- eins\n- zwei\n### Klein\n[bitte ausfüllen: Ort]"
    )
    assert read_markup(typed) == [
        Part("h2", [[Piece("Titel")]]),
        Part(
            "p",
            [[Piece("Ein Satz und noch einer, siehe "), Piece("hier", "https://a.example/b"), Piece(".")]],
        ),
        Part("ul", [[Piece("eins")], [Piece("zwei")]]),
        Part("h3", [[Piece("Klein")]]),
        Part("p", [[Piece("[bitte ausfüllen: Ort]", is_gap=True)]]),
    ]
