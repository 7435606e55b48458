"""Every answer is given on the page, can be changed and taken back; what was typed is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.domain.sign_offs.answers import Answer
from server.storage.people import mandates
from tests.actions.sign_offs.people import set_deadline
from tests.web.site import HOME, Page, Site, Visitor, answered

SIGN = f"{HOME}/sign"


@pytest.fixture
def fixed(site: Site) -> Site:
    site.world.freeze()
    return site


def send(visitor: Visitor, answer: str, **more: str) -> Page:
    fields = visitor.open(f"{SIGN}?change").hidden_fields
    return visitor.send(f"{SIGN}/code", **answered(fields, answer, **more))


def give(site: Site, name: str, answer: str, **more: str) -> Page:
    """The page afterwards."""
    visitor = site.visitor(name)
    form = send(visitor, answer, **more).location
    visitor.open(form)
    return visitor.open(visitor.send(form, code=site.newest_code(name)).location)


def test_none_is_chosen_beforehand_and_each_says_what_it_declares(fixed: Site) -> None:
    page = fixed.visitor("doris").open(SIGN)
    assert page.source.count('type="radio" name="answer"') == len(Answer)
    assert not any(
        " checked" in tag for tag in page.source.split("<input")[1:] if 'name="answer"' in tag[:60]
    )
    assert "zeichne ich die Erklärung in der Fassung 1 mit einer Protokollerklärung" in page.text
    assert "zeichne ich die Erklärung in der Fassung 1 nicht" in page.text


def test_a_statement_for_the_record_is_kept_as_it_was_written(fixed: Site) -> None:
    words = "Wir erwarten, dass\r\n\r\ndas Land mitzieht."
    page = give(fixed, "doris", "signs_with_statement", statement=words)
    assert page.heading == "Sie haben für Offenburg gezeichnet."
    assert "zeichnet mit Protokollerklärung" in page.text
    (given,) = fixed.world.answers
    assert given.text == "Wir erwarten, dass\n\ndas Land mitzieht."


def test_subject_to_the_council_names_body_day_and_file_number(fixed: Site) -> None:
    council = {"council_body": "Gemeinderat", "council_date": "2026-07-01", "council_reference": "022.31"}
    page = give(fixed, "doris", "subject_to_council", **council)
    assert "Gemeinderat, 1. Juli 2026, 022.31" in page.text
    assert fixed.world.answers[0].statement.council == ("2026-07-01", "Gemeinderat", "022.31")
    assert give(fixed, "doris", "signs").heading == "Sie haben für Offenburg gezeichnet."


def test_a_reason_for_declining_is_for_the_coordination_unless_it_is_made_public(fixed: Site) -> None:
    page = give(fixed, "doris", "declines", reason="Zu teuer.")
    assert page.heading == "Sie haben für Offenburg geantwortet: zeichnet nicht."
    assert (fixed.world.answers[0].text, fixed.world.answers[0].note) == ("", "Zu teuer.")
    give(fixed, "doris", "declines", reason="Viel zu teuer.", reason_is="public")
    assert (fixed.world.answers[1].text, fixed.world.answers[1].note) == ("Viel zu teuer.", "")


@pytest.mark.parametrize(
    ("answer", "typed", "sentence"),
    [
        ("", {}, "Bitte wählen Sie eine der Antworten."),
        ("perhaps", {}, "Bitte wählen Sie eine der Antworten."),
        ("signs_with_statement", {"statement": "  "}, "Bitte geben Sie Ihre Protokollerklärung ein"),
        ("signs_with_statement", {"statement": "ä" * 1501}, "Ihr Text hat 1501 Zeichen"),
        ("signs_with_statement", {"statement": "Ja\x07"}, "Zeichen, die sich nicht drucken lassen"),
        ("subject_to_council", {"council_date": "2026-06-16"}, "Bitte geben Sie den Tag an"),
        ("subject_to_council", {"council_date": "2099-01-01"}, "Bitte geben Sie den Tag an"),
        ("subject_to_council", {"council_date": "morgen"}, "Bitte geben Sie den Tag an"),
        ("declines", {"reason": "x" * 5000}, "Ihr Text hat 5000 Zeichen"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_stays_there(
    fixed: Site, answer: str, typed: dict[str, str], sentence: str
) -> None:
    page = send(fixed.visitor("doris"), answer, **typed)
    assert page.status == 422
    assert sentence in page.text
    for words in typed.values():
        assert "\x07" in words or words.strip() in page.source
    assert fixed.world.answers == []


def test_markup_is_kept_as_the_words_it_is(fixed: Site) -> None:
    page = give(fixed, "doris", "signs_with_statement", statement="<b>Ja</b> & gern")
    assert "<b>Ja</b>" not in page.source
    assert "<b>Ja</b> & gern" in page.text.replace("< b >", "<b>")


def test_an_answer_is_taken_back_by_a_press(fixed: Site) -> None:
    page = give(fixed, "doris", "signs")
    doris = fixed.visitor("doris")
    fields = doris.open(SIGN).hidden_fields
    assert "Antwort zurücknehmen" in page.text
    done = doris.send(f"{SIGN}/withdraw", mandate=fields["mandate"], sign_off=fields["sign_off"])
    assert doris.open(done.location).heading == "Mitzeichnung für Offenburg"
    assert fixed.world.answers[0].withdrawn


def test_nobody_takes_back_what_another_municipality_answered(fixed: Site) -> None:
    give(fixed, "doris", "signs")
    fields = fixed.visitor("doris").open(SIGN).hidden_fields
    gustav = fixed.visitor("gustav")
    gustav.open(SIGN)
    refused = gustav.send(f"{SIGN}/withdraw", mandate=fields["mandate"], sign_off=fields["sign_off"])
    assert refused.status == 403
    own = str(fixed.world.mandate("gustav").id)
    assert gustav.send(f"{SIGN}/withdraw", mandate=own, sign_off=fields["sign_off"]).status == 409
    assert not fixed.world.answers[0].withdrawn


def test_after_a_reopening_the_page_says_what_the_answer_is_worth(fixed: Site) -> None:
    give(fixed, "doris", "signs")
    fixed.world.reopen()
    page = fixed.visitor("doris").open(SIGN)
    assert "Inzwischen wurde der Text wieder geöffnet. Diese Antwort gilt nur für Fassung 1." in page.text
    assert "Antwort zurücknehmen" not in page.text


@pytest.mark.parametrize("way", ["code", "copy"])
@pytest.mark.parametrize("cause", ["mandate ended", "new revision", "deadline", "unprintable", "reopened"])
def test_what_was_typed_is_shown_to_be_copied_when_the_form_is_of_no_use_any_more(
    fixed: Site, cause: str, way: str
) -> None:
    doris, words = (
        fixed.visitor("doris"),
        "Mit Nachdruck und 🙂" if cause == "unprintable" else "Mit Nachdruck.",
    )
    fields = answered(doris.open(SIGN).hidden_fields, "signs_with_statement", statement=words)
    mandate = fixed.world.mandate("doris").id
    match cause:
        case "mandate ended":
            fixed.write(mandates.end_mandate, mandate, fixed.world.time, "Amt beendet")
        case "new revision":
            fixed.world.reopen()
            fixed.world.write("Neu. ")
            fixed.world.freeze()
        case "deadline":
            set_deadline(fixed.world, fixed.world.time - timedelta(minutes=1))
        case "reopened":
            fixed.world.reopen()
    page = doris.send(f"{SIGN}/{way}", **fields)
    assert page.status in (403, 409)
    assert page.text.count(words) == 1
    assert "Bitte kopieren Sie es" in page.text
    assert len(page.main_links) == 1
    assert fixed.world.answers == []
