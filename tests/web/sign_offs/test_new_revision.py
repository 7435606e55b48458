"""A new Fassung: what changed and why is asked, everybody is asked again, nothing is carried over unseen."""

from __future__ import annotations

import re

import pytest

from server.domain.sign_offs.answers import Answer
from tests.web.site import HOME, Site, answered

FREEZE, SIGN = f"{HOME}/freeze", f"{HOME}/sign"
WHY = "Der Rat hat um einen Satz gebeten."


@pytest.fixture
def changed(site: Site) -> Site:
    """A second revision is to be fixed."""
    site.world.freeze()
    site.world.answer("doris", Answer.SIGNS)
    site.world.answer("gustav", Answer.SIGNS_WITH_STATEMENT, "Nur mit Geld vom Land.")
    site.world.reopen()
    site.world.write("Neu: ")
    return site


@pytest.fixture
def fixed_again(changed: Site) -> Site:
    clara = changed.visitor("clara")
    clara.open(FREEZE)
    assert clara.send(FREEZE, change=WHY, nature="editorial").status == 303
    return changed


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"nature": "editorial"}, "Bitte schreiben Sie, was sich geändert hat"),
        ({"change": WHY}, "Bitte schreiben Sie, was sich geändert hat"),
        ({"change": WHY, "nature": "both"}, "Bitte schreiben Sie, was sich geändert hat"),
        ({"change": "x" * 1_001, "nature": "editorial"}, "1001 Zeichen"),
    ],
)
def test_a_further_revision_says_what_changed(changed: Site, fields: dict[str, str], sentence: str) -> None:
    clara = changed.visitor("clara")
    clara.open(FREEZE)
    page = clara.send(FREEZE, **fields)
    assert (page.status, changed.world.phase) == (422, "drafting")
    assert sentence in page.text
    assert fields.get("change", "") in page.source


def test_a_first_revision_is_not_asked_what_changed(site: Site) -> None:
    clara = site.visitor("clara")
    assert "Was hat sich geändert" not in clara.open(FREEZE).text
    assert clara.send(FREEZE).status == 303


def test_page_and_mail_say_what_changed_and_why(fixed_again: Site) -> None:
    page = fixed_again.visitor("doris").open(SIGN)
    assert WHY in page.text
    assert "redaktionell" in page.text
    assert "an einer Stelle geändert" in page.text
    mail = [letter for letter in fixed_again.world.letters if letter.recipient == "doris@example.org"][-1]
    assert WHY in mail.body
    assert "redaktionelle Änderung" in mail.body


def test_who_signed_signs_again_by_one_press_and_nothing_is_chosen(fixed_again: Site) -> None:
    doris = fixed_again.visitor("doris")
    page = doris.open(SIGN)
    assert not re.search(r'name="answer"[^>]* checked', page.source)
    fields = answered(page.hidden_fields) | {"again": "signs"}
    del fields["answer"]
    code_page = doris.send(f"{SIGN}/code", **fields).location
    assert "zeichne ich die Erklärung in der Fassung 2" in doris.open(code_page).text


def test_an_earlier_statement_is_offered_again_and_not_chosen(fixed_again: Site) -> None:
    page = fixed_again.visitor("gustav").open(SIGN)
    assert "Nur mit Geld vom Land.</textarea>" in page.source
    assert "gewählt ist noch nichts" in page.text
    assert not re.search(r'name="answer"[^>]* checked', page.source)
    assert "Wieder zeichnen" not in page.text


def test_the_earlier_answer_does_not_count(fixed_again: Site) -> None:
    assert fixed_again.world.answers_of("08317096") == []
