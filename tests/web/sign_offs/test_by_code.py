"""Signing with a code from the mail: sent, entered, on record."""

from __future__ import annotations

import pytest

from tests.web.site import HOME, Page, Site, Visitor, answered

SIGN, CODE = f"{HOME}/sign", f"{HOME}/sign/code"
WRONG = "Dieser Code ist falsch oder abgelaufen."
ANSWERED = "Ihre Kommune hat zu dieser Fassung bereits geantwortet."


@pytest.fixture
def fixed(site: Site) -> Site:
    site.world.freeze()
    return site


def send_code(visitor: Visitor) -> Page:
    fields = visitor.open(SIGN).hidden_fields
    return visitor.send(CODE, **answered(fields))


def another_code(code: str) -> str:
    return "0000 0000" if code != "0000 0000" else "1111 1111"


def test_doris_signs_in_the_words_she_read(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    form = send_code(doris).location
    page = doris.open(form)
    assert page.heading == "Code eingeben"
    assert "doris@example.org" in page.text
    assert page.main_buttons == ["Zeichnen"]
    done = doris.send(form, code=fixed.newest_code("doris"))
    assert done.location == f"{SIGN}?municipality=08317096"
    assert doris.open(done.location).heading == "Sie haben für Offenburg gezeichnet."
    (answer,) = fixed.world.answers
    assert answer.statement.wording == (
        "Für die Große Kreisstadt Offenburg zeichne ich die Erklärung in der Fassung 1: Erklärung"
    )


def test_nobody_but_signatories_has_a_code_sent(fixed: Site) -> None:
    fields = fixed.visitor("doris").open(SIGN).hidden_fields
    before = len(fixed.mails)
    for name, status in (("clara", 403), ("anna", 403), ("emil", 403), ("frank", 404)):
        visitor = fixed.visitor(name)
        visitor.open("/")
        sent = visitor.send(CODE, **answered(fields))
        assert sent.status == status
    assert len(fixed.mails) == before


def test_gustav_does_not_sign_for_offenburg(fixed: Site) -> None:
    fields = fixed.visitor("doris").open(SIGN).hidden_fields
    gustav = fixed.visitor("gustav")
    gustav.open(SIGN)
    assert gustav.send(CODE, **answered(fields)).status == 403
    form = send_code(fixed.visitor("doris")).location
    gustav.open(form)
    assert WRONG in gustav.send(form, code=fixed.newest_code("doris")).text
    assert fixed.world.answers == []


def test_a_wrong_code_stays_in_the_field_with_a_sentence_beside_it(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    form = send_code(doris).location
    doris.open(form)
    typed = another_code(fixed.newest_code("doris"))
    page = doris.send(form, code=typed)
    assert page.status == 422
    assert WRONG in page.text
    assert f'value="{typed}"' in page.source
    assert 'aria-invalid="true"' in page.source
    assert fixed.world.answers == []
    assert doris.send(form, code=fixed.newest_code("doris")).status == 303


@pytest.mark.parametrize("typed", ["", "   ", "1" * 41])
def test_a_code_that_is_missing_or_too_long_keeps_the_form(fixed: Site, typed: str) -> None:
    doris = fixed.visitor("doris")
    form = send_code(doris).location
    doris.open(form)
    page = doris.send(form, code=typed)
    assert page.status == 422
    assert "Bitte prüfen Sie Ihre Eingaben." in page.text
    assert page.main_buttons == ["Zeichnen"]


def test_an_expired_and_an_unknown_code_are_refused(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    form = send_code(doris).location
    doris.open(form)
    assert WRONG in doris.send(f"{CODE}/unknown", code=fixed.newest_code("doris")).text
    fixed.world.wait(minutes=16)
    assert WRONG in doris.send(form, code=fixed.newest_code("doris")).text


def test_who_sends_the_form_twice_is_led_to_the_answer(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    form = send_code(doris).location
    doris.open(form)
    code = fixed.newest_code("doris")
    doris.send(form, code=code)
    again = doris.send(form, code=code)
    assert again.status == 409
    assert ANSWERED in again.text
    assert again.main_links == [(SIGN, "Antwort ansehen")]
    assert doris.open(form).location == SIGN
    assert len(fixed.world.answers) == 1


def test_a_page_from_before_the_new_revision_is_refused(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    fields = doris.open(SIGN).hidden_fields
    fixed.world.reopen()
    refused = doris.send(CODE, **answered(fields))
    assert "Der Text ist in Arbeit." in refused.text
    fixed.world.write("Ganz neu: ")
    fixed.world.freeze()
    stale = doris.send(CODE, **answered(fields))
    assert stale.status == 409
    assert stale.main_links == [(SIGN, "Aktuelle Fassung lesen")]


@pytest.mark.parametrize("fields", [{}, {"digest": "x"}, {"digest": "x", "mandate": "one"}])
def test_a_form_with_missing_fields_is_refused(fixed: Site, fields: dict[str, str]) -> None:
    doris = fixed.visitor("doris")
    doris.open(SIGN)
    assert doris.send(CODE, **fields).status == 422


def test_a_session_that_ended_leads_to_the_login_and_back(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    fields = doris.open(SIGN).hidden_fields
    assert doris.token is not None
    fixed.sign_out(doris.token)
    page = doris.send(CODE, **answered(fields))
    assert page.status == 401
    assert page.main_links == [("/login?next=%2Fdeclarations%2Ferklaerung", "Anmelden")]


def test_after_ten_codes_one_has_to_wait(fixed: Site) -> None:
    doris = fixed.visitor("doris")
    assert [send_code(doris).status for _ in range(11)] == [303] * 10 + [429]
