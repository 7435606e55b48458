"""What is shown is what is signed: each link of the chain is altered in the browser, and it is seen."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from server.domain.canonical import canonical_bytes
from server.storage.declarations import declarations
from server.storage.sign_offs import sign_offs
from tests.story.people import Visitor
from tests.story.service import SLUG, Service
from tests.story.shortcuts import Shortcuts
from tests.waiting import HANG

SIGN = "Mit Fingerabdruck, Gesicht oder PIN zeichnen"
CODE = "Mit Code per E-Mail zeichnen"
DIFFERS = "Nichts wurde gezeichnet."


@pytest.fixture(scope="module")
def signing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shortcuts]:
    service = Service(tmp_path_factory.mktemp("chain") / "data")
    service.start()
    with Shortcuts(service) as shortcuts:
        shortcuts.freeze()
        yield shortcuts
    service.kill()


@pytest.fixture
def doris(browser: Browser, signing: Shortcuts) -> Iterator[Visitor]:
    doris = signing.visitor(browser, "doris", phone=True)
    doris.add_authenticator()
    yield doris
    assert len(given(signing)) == 0
    assert doris.complaints == []
    doris.context.close()


def given(signing: Shortcuts) -> list[object]:
    declaration = signing.read(declarations.load_declaration, SLUG)
    return list(signing.read(sign_offs.list_sign_offs, declaration.id))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def choose(page: Page) -> None:
    page.locator("label[for=answer-signs]").click()


def expect_caught(doris: Visitor, link: str) -> None:
    """The buttons are off, a sentence says what to do, the operator is alerted without a word of the text."""
    page = doris.page
    expect(page.locator("#chain")).to_contain_text(DIFFERS)
    expect(button(page, SIGN)).to_be_disabled()
    expect(button(page, CODE)).to_be_disabled()
    assert page.url.endswith("/sign")
    wait_for_line(doris.service, f"shows another {link} than would be signed")


def wait_for_line(service: Service, words: str) -> None:
    """Each alert is looked for once."""
    deadline = time.monotonic() + HANG
    while words not in service.output.read_text("utf-8"):
        assert time.monotonic() < deadline, f"the log does not say: {words}"
        time.sleep(0.05)
    service.output.write_text("", "utf-8")


def answering(page: Page, path: str, change: Callable[[str], str]) -> None:
    """What the server answers there is altered on its way."""

    def alter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=change(answer.text()))

    page.route(f"**{path}", alter)


def changed(before: str, after: str) -> Callable[[str], str]:
    def change(body: str) -> str:
        assert before in body
        return body.replace(before, after, 1)

    return change


def test_an_unaltered_page_says_that_it_was_compared(doris: Visitor) -> None:
    page = doris.open("/sign")
    expect(page.locator("#chain")).to_contain_text("Ihr Browser hat verglichen")
    expect(button(page, SIGN)).to_be_enabled()
    expect(button(page, CODE)).to_be_enabled()
    doris.ensure_accessible()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Maßstab unseres Handelns", "Maßstab ihres Handelns"),
        ("</article>", "<p>Das kostet nichts.</p></article>"),
        ('<span class="k-label">1.', '<span class="k-label" hidden>1.'),
        ('name="digest" value="', 'name="digest" value="0'),
    ],
)
def test_a_page_altered_on_its_way_is_caught(doris: Visitor, before: str, after: str) -> None:
    answering(doris.page, "/sign", changed(before, after))
    doris.open("/sign")
    expect_caught(doris, "text")


ALTERED_LATER = {
    "text": "document.querySelector('article .k-item p').firstChild.data += ' nicht'",
    "digest": "document.querySelector('[name=digest]').value = '0'.repeat(64)",
}


@pytest.mark.parametrize("way", [SIGN, CODE])
@pytest.mark.parametrize("link", ALTERED_LATER)
def test_a_page_altered_after_it_was_compared_is_caught(doris: Visitor, link: str, way: str) -> None:
    page = doris.open("/sign")
    expect(button(page, way)).to_be_enabled()
    answering(page, "/sign/passkey/begin", lambda body: body)
    choose(page)
    page.evaluate(ALTERED_LATER[link])
    button(page, way).click()
    if (link, way) == ("digest", SIGN):  # the server refuses it first
        expect(page.locator("#passkey-status")).to_contain_text("eine neue Fassung festgelegt")
    else:
        expect_caught(doris, link)


def test_another_sentence_above_the_button_is_caught(doris: Visitor) -> None:
    page = doris.open("/sign")
    choose(page)
    page.evaluate("document.querySelector('.k-choice [data-wording]').textContent = 'Ich zeichne nichts.'")
    button(page, SIGN).click()
    expect_caught(doris, "wording")


def test_the_server_catches_another_sentence_on_the_way_of_the_code(doris: Visitor) -> None:
    page = doris.open("/sign")
    choose(page)
    page.evaluate("document.querySelector('.k-choice [data-wording]').textContent = 'Ich zeichne nichts.'")
    button(page, CODE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Die Seite zeigte etwas anderes")


BEGUN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "answer": lambda said: said | {"answer": "declines"},
    "digest": lambda said: said | {"revision": said["revision"] | {"sha256": "0" * 64}},
    "municipality": lambda said: said | {"municipality": said["municipality"] | {"ags": "08317065"}},
    "wording": lambda said: said | {"wording": "Ich zeichne alles."},
    "signatory": lambda said: said | {"signatory": said["signatory"] | {"name": "Gustav Günsel"}},
    "text": lambda said: said | {"text": "Nur mit Geld vom Land."},
    "challenge": lambda said: said | {"nonce": "0" * 32},
}


@pytest.mark.parametrize("link", BEGUN)
def test_a_statement_altered_on_its_way_is_caught(doris: Visitor, link: str) -> None:
    def change(body: str) -> str:
        begun = json.loads(body)
        said = BEGUN[link](json.loads(begun["statement"]))
        return json.dumps(begun | {"statement": canonical_bytes(said).decode()})

    sign_with(doris, change)
    expect_caught(doris, link)


def test_another_challenge_is_caught(doris: Visitor) -> None:
    def change(body: str) -> str:
        begun = json.loads(body)
        begun["options"]["challenge"] = "A" * 43
        return json.dumps(begun)

    sign_with(doris, change)
    expect_caught(doris, "challenge")


def test_a_missing_statement_is_caught(doris: Visitor) -> None:
    sign_with(doris, changed('"statement"', '"nothing"'))
    expect_caught(doris, "statement")


def test_nothing_is_signed_unchecked_where_the_check_does_not_load(doris: Visitor) -> None:
    doris.page.route("**/signing.js*", lambda route: route.abort())
    page = doris.open("/sign")
    expect(button(page, SIGN)).to_be_disabled()
    expect(page.locator("#chain")).to_contain_text("hat den hier gezeigten Text nicht verglichen")
    expect(button(page, CODE)).to_be_enabled()


def sign_with(doris: Visitor, change: Callable[[str], str]) -> None:
    answering(doris.page, "/sign/passkey/begin", change)
    page = doris.open("/sign")
    choose(page)
    page.evaluate("() => { navigator.credentials.get = () => { document.title = 'asked' } }")
    button(page, SIGN).click()
    expect(page.locator("#chain")).to_contain_text(DIFFERS)
    expect(page).not_to_have_title("asked")
