"""The office prepares: it sees what the mayor sees, leaves a note and questions, and can never answer."""

from __future__ import annotations

import re

import pytest

from server.domain.audit import Tag
from server.domain.sign_offs.answers import Answer
from tests.web.site import HOME, Page, Site

SIGN, PREVIEW = f"{HOME}/sign", f"{HOME}/sign/preview"


def save(site: Site, name: str = "anna", **fields: str) -> Page:
    anna = site.visitor(name)
    page = anna.open(PREVIEW)
    seen = {"seen": page.hidden_fields["seen"]}
    return anna.send(PREVIEW, **({"words": "", "questions": ""} | seen | fields))


def test_the_office_sees_the_brief_as_the_mayor_reads_it(site: Site) -> None:
    site.world.freeze()
    seen, read = site.visitor("anna").open(PREVIEW), site.visitor("doris").open(SIGN)
    assert "So sieht es Doris, Oberbürgermeisterin." in seen.text
    assert seen.heading == read.heading
    for words in ("Guten Tag, Doris.", "Wir handeln gemeinsam.", "Lesezeit", "Als PDF"):
        assert words in seen.text, words
        assert words in read.text, words


def test_the_office_can_never_answer(site: Site) -> None:
    site.world.freeze()
    anna = site.visitor("anna")
    page = anna.open(PREVIEW)
    assert page.main_buttons == ["Vermerk speichern"]
    forms = re.findall(r'<form[^>]* action="([^"]*)"', page.source)
    assert [form for form in forms if "/sign/" in form] == [f"{PREVIEW}#prepare"]
    assert "data-passkey" not in page.source
    mandate, digest = site.world.mandate("doris").id, site.world.revision.digest
    answer = {"digest": digest, "mandate": str(mandate), "answer": "signs", "replaces": ""}
    for way in ("code", "copy"):
        assert anna.send(f"{SIGN}/{way}", **answer).status == 403
    assert anna.post_json(f"{SIGN}/passkey/begin", **answer).status == 403
    assert anna.open(SIGN).status == 403
    assert site.world.answers == []


def test_note_and_questions_stand_on_the_brief(site: Site) -> None:
    site.world.freeze()
    done = save(site, words="Wir empfehlen es.\nDer Rat weiß davon.", questions="Wer spricht am 18.?")
    assert (done.status, done.location) == (303, f"{PREVIEW}?saved#prepare")
    brief = site.visitor("doris").open(SIGN).text
    assert "Vermerk aus Ihrem Haus Wir empfehlen es. Der Rat weiß davon." in brief
    assert "Fragen an Sie Wer spricht am 18.?" in brief
    assert "Anna, 17. Juni 2026, 12:00 Uhr" in brief
    assert "Gespeichert." in site.visitor("anna").open(f"{PREVIEW}?saved").text
    assert Tag.OFFICE_NOTE_WRITE.value in site.world.tags


def test_nobody_of_another_municipality_and_not_the_coordination_reads_it(site: Site) -> None:
    site.world.freeze()
    save(site, words="Nur für uns.")
    for name in ("gustav", "ben", "clara", "emil", "frank"):
        for path in (SIGN, PREVIEW, HOME, f"{HOME}/board", f"{HOME}/log", f"{HOME}/municipalities/08317096"):
            assert "Nur für uns." not in site.visitor(name).open(path).source, (name, path)


def test_an_emptied_note_leaves_the_brief_and_a_newer_revision_says_what_it_was_about(site: Site) -> None:
    site.world.freeze()
    save(site, words="Wir empfehlen es.")
    site.world.reopen()
    site.world.write("Neu. ")
    site.world.freeze()
    assert "Geschrieben wurde es zur Fassung 1." in site.visitor("doris").open(SIGN).text
    save(site)
    assert "Vermerk aus Ihrem Haus" not in site.visitor("doris").open(SIGN).text
    save(site, words="Doch.")
    assert "Doch." in site.visitor("doris").open(SIGN).text


def test_of_two_who_write_at_once_the_second_sees_both(site: Site) -> None:
    site.world.freeze()
    anna = site.visitor("anna")
    seen = anna.open(PREVIEW).hidden_fields["seen"]
    save(site, words="Meins.", questions="")
    late = anna.send(PREVIEW, words="Auch meins.", questions="", seen=seen)
    assert late.status == 409
    assert "inzwischen geändert" in late.text
    assert "Meins." in late.text
    assert "Auch meins." in late.source
    assert anna.send(PREVIEW, words="Beides.", questions="", seen=late.hidden_fields["seen"]).status == 303


@pytest.mark.parametrize("words", ["a" * 1501, "Glocke \x07"])
def test_what_does_not_fit_is_said_beside_its_field_and_stays(site: Site, words: str) -> None:
    site.world.freeze()
    page = save(site, words=words, questions="Bleibt stehen.")
    assert page.status == 422
    assert 'id="words-error"' in page.source
    assert "Bleibt stehen." in page.source


def test_markup_in_a_note_is_words(site: Site) -> None:
    site.world.freeze()
    save(site, words="<b>laut</b>")
    page = site.visitor("doris").open(SIGN)
    assert "<b>laut" not in page.source
    assert "<b>laut</b>" in page.text


def test_the_overview_leads_the_office_there_until_there_is_an_answer(site: Site) -> None:
    site.world.freeze()
    anna = site.visitor("anna")
    assert anna.open().main_links == [(PREVIEW, "Antwort vorbereiten")]
    site.world.answer("doris", Answer.SIGNS)
    page = anna.open()
    assert page.main_links == []
    assert PREVIEW in page.links


def test_before_a_revision_there_is_nothing_to_prepare_and_after_the_seal_no_note(site: Site) -> None:
    anna = site.visitor("anna")
    assert anna.open(PREVIEW).heading == "Noch gibt es nichts vorzubereiten"
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    site.world.seal()
    assert "Vermerk speichern" not in anna.open(PREVIEW).text
    assert anna.send(PREVIEW, words="Zu spät.", questions="", seen="0").status == 409
