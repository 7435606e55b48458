"""Every refusal is a German sentence that says what to do, and nothing half done stays behind."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from server.storage.people import sessions
from server.storage.record import audit
from server.storage.release import final_documents
from server.storage.sign_offs import sign_offs
from tests.story.people import BY_CODE, Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts

TWICE = """async (form) => {
  const send = () => fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) })
  const answers = await Promise.all([send(), send()])
  return Promise.all(answers.map(async (answer) => [answer.status, await answer.text()]))
}"""
"""Both requests are on their way before either is answered."""
USED = "Dieser Link wurde bereits benutzt oder ist abgelaufen. Bitte lassen Sie sich einen neuen zusenden."
STALE = "Seit Sie diese Seite geöffnet haben, wurde eine neue Fassung festgelegt."
ANSWERED = "Ihre Kommune hat zu dieser Fassung bereits geantwortet. Sie brauchen nichts weiter zu tun."


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


def test_every_refusal_says_what_to_do(browser: Browser, service: Service, shortcuts: Shortcuts) -> None:
    links_that_no_longer_work(shortcuts.visitor(browser, "out"), shortcuts)
    an_editor_left_open_in_another_tab(shortcuts.visitor(browser, "anna"))
    shortcuts.freeze()
    clara = shortcuts.visitor(browser, "clara")
    nothing_is_sealed_that_nobody_signed(clara)
    gustav = shortcuts.visitor(browser, "gustav", phone=True)
    a_page_that_was_opened_before_the_text_changed(gustav, shortcuts)
    a_session_that_ended_meanwhile(gustav, shortcuts)
    a_form_sent_twice(gustav, shortcuts)
    a_double_click_sends_once(shortcuts.visitor(browser, "doris", phone=True), shortcuts)
    a_second_tab_after_the_seal(clara, shortcuts)


def refusal(page: Page, sentence: str, button: str) -> None:
    """The sentence is there, and the button leads on."""
    expect(page.get_by_role("main")).to_contain_text(sentence)
    page.get_by_role("main").get_by_role("link", name=button, exact=True).click()


def links_that_no_longer_work(anna: Visitor, shortcuts: Shortcuts) -> None:
    page, base, now = anna.page, shortcuts.service.base, shortcuts.services.now()
    token = secrets.token_urlsafe(32)
    anna_id, then = shortcuts.person("anna").id, now - timedelta(minutes=40)
    shortcuts.write(sessions.append_login_link, token, anna_id, "/", then, now - timedelta(minutes=10))
    page.goto(f"{base}/login/{token}")
    refusal(page, USED, "Neuen Link anfordern")
    expect(page.get_by_label("Ihre dienstliche E-Mail-Adresse")).to_be_visible()

    link = shortcuts.service.login_link("anna@offenburg.example")
    other = anna.context.new_page()
    for tab in (page, other):
        tab.goto(link)
    anna.press("Auf diesem Gerät anmelden")
    expect(page.get_by_role("heading", name="Ihre Erklärungen")).to_be_visible()
    other.get_by_role("button", name="Auf diesem Gerät anmelden").click()
    refusal(other, "Bitte laden Sie die Seite neu", "Zur Übersicht")  # the other tab has signed in meanwhile
    page.goto(link)
    refusal(page, USED, "Neuen Link anfordern")


def an_editor_left_open_in_another_tab(anna: Visitor) -> None:
    """On a machine that an office shares, nobody writes on in the name of who has signed out."""
    page = anna.open_editor()
    anna.page = anna.context.new_page()
    anna.open()
    anna.press("Abmelden")
    expect(page.get_by_text("Sie sind nicht mehr angemeldet.").first).to_be_visible()


def nothing_is_sealed_that_nobody_signed(clara: Visitor) -> None:
    refusal(clara.open("/seal"), "Noch hat keine Kommune diese Fassung gezeichnet.", "Zur Erklärung")
    expect(clara.open("/reopen").locator(".k-cons li")).to_have_count(2)


def a_page_that_was_opened_before_the_text_changed(gustav: Visitor, shortcuts: Shortcuts) -> None:
    page = gustav.open("/sign")
    shortcuts.reopen()
    gustav.sign(BY_CODE)
    refusal(page, "Der Text ist in Arbeit.", "Zur Erklärung")
    shortcuts.freeze()
    gustav.open("/sign")
    shortcuts.reopen()
    shortcuts.write_words("Neu: ")
    shortcuts.freeze()
    gustav.sign(BY_CODE)
    refusal(page, STALE, "Aktuelle Fassung lesen")
    expect(page.get_by_text("Neu:").first).to_be_visible()


def a_session_that_ended_meanwhile(gustav: Visitor, shortcuts: Shortcuts) -> None:
    page = gustav.open("/sign")
    token = next(c["value"] for c in gustav.context.cookies() if c["name"] == "kraftakt_session")
    shortcuts.write(sessions.end_session, token)
    gustav.sign(BY_CODE)
    refusal(page, "Sie sind nicht angemeldet. Bitte melden Sie sich an", "Anmelden")
    expect(page.get_by_text("Nach der Anmeldung gelangen Sie auf die Seite")).to_be_visible()
    sign_in_again(gustav, shortcuts)


def sign_in_again(visitor: Visitor, shortcuts: Shortcuts) -> None:
    token = shortcuts.session(visitor.name)
    visitor.context.add_cookies([{"name": "kraftakt_session", "value": token, "url": visitor.service.base}])


def a_form_sent_twice(gustav: Visitor, shortcuts: Shortcuts) -> None:
    page = gustav.open("/sign")
    gustav.sign(BY_CODE)
    page.get_by_label("Code aus der E-Mail").fill(gustav.service.newest_code("gustav@rathaus.example"))
    answers = page.locator("main form").evaluate(TWICE)
    assert sorted(status for status, _ in answers) == [200, 409]
    assert ANSWERED in next(text for status, text in answers if status == 409)
    assert "Sie haben für Lahr/Schwarzwald gezeichnet." in next(
        text for status, text in answers if status == 200
    )
    assert len(shortcuts.read(sign_offs.list_sign_offs, 1)) == 1
    gustav.press("Zeichnen")
    refusal(page, ANSWERED, "Antwort ansehen")
    expect(page.get_by_text("Sie haben für Lahr/Schwarzwald gezeichnet.")).to_be_visible()


def a_double_click_sends_once(doris: Visitor, shortcuts: Shortcuts) -> None:
    page = doris.open("/sign")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_text("Ich zeichne", exact=True).click()
    page.get_by_role("button", name=BY_CODE).dblclick()
    field = page.get_by_label("Code aus der E-Mail")
    field.fill(doris.service.newest_code("doris@rathaus.example"))
    page.wait_for_load_state()  # with the script that sends once; the server would refuse the second
    page.get_by_role("button", name="Zeichnen").dblclick()
    expect(page.get_by_text("Sie haben für Offenburg gezeichnet.")).to_be_visible()
    assert len(sent) == 2
    assert len(shortcuts.read(sign_offs.list_sign_offs, 1)) == 2
    page.go_back()  # to the code's page, which has nothing more to ask
    expect(page.get_by_text("Sie haben für Offenburg gezeichnet.")).to_be_visible()


def a_second_tab_after_the_seal(clara: Visitor, shortcuts: Shortcuts) -> None:
    stale = clara.context.new_page()
    stale.goto(f"{clara.service.base}/declarations/{SLUG}/reopen")
    page = clara.open("/seal")
    answers = page.locator("main form").evaluate(TWICE)
    assert [status for status, _ in answers] == [200, 200]
    assert all("Dokument herunterladen" in text for _, text in answers)
    assert shortcuts.read(final_documents.find_final, 1) is not None
    poll = "fetch(location.pathname.replace('/seal', ''), { headers: { 'HX-Request': 'true' } })"
    assert page.evaluate(f"{poll}.then((answer) => answer.headers.get('HX-Refresh'))") == "true"
    tags = [event.tag.value for event in shortcuts.read(audit.list_events, SLUG)]
    assert tags.count("document:final:seal") == 1
    stale.get_by_role("button", name="Text wieder öffnen").click()
    refusal(stale, "Die Erklärung ist abgeschlossen.", "Zur Erklärung")
    expect(stale.get_by_role("link", name="Dokument herunterladen")).to_be_visible()
