"""German unless the person or the browser wants English; the catalogue is complete."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from starlette.requests import Request

from server.catalogues import catalogue_path
from server.web.http.pages.rendering import language_address
from tests.web.catalogue import CLIENT, ROOT, Msgid, sentences
from tests.web.house import House

PLACES = re.compile(r"%\(\w+\)s|%%")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        (None, "de"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5,de;q=0.4", "en"),
        ("en;q=0.2,de;q=0.8", "de"),
        ("fr", "de"),
        ("en;q=0", "de"),
        ("en;q=x", "de"),
    ],
)
def test_the_browser_says_which_language_it_likes(house: House, accept: str | None, language: str) -> None:
    headers = {"Accept-Language": accept} if accept else {}
    assert f'<html lang="{language}"' in house.get("/", headers=headers).text


def test_a_choice_is_kept_in_a_cookie(house: House) -> None:
    chosen = house.get("/?lang=en", headers={"Accept-Language": "de"})
    assert '<html lang="en"' in chosen.text
    later = house.get("/", cookies={"kraftakt_language": chosen.cookies["kraftakt_language"]})
    assert '<html lang="en"' in later.text


def test_an_unknown_language_is_passed_over(house: House) -> None:
    response = house.get("/?lang=xx")
    assert '<html lang="de"' in response.text
    assert "kraftakt_language" not in response.cookies


@cache
def german() -> Catalog:
    with catalogue_path(ROOT / "server" / "locale", "de").open("rb") as file:
        return read_po(file, locale="de")


def texts_of(field: object) -> list[str]:
    """One text, or a singular and a plural; none is an empty text."""
    if isinstance(field, list | tuple):
        return [str(text) for text in field]
    return [str(field or "")]


def is_translated(message: Message | None) -> bool:
    return message is not None and not message.fuzzy and all(texts_of(message.string))


def test_every_sentence_is_translated() -> None:
    translated = {msgid: german().get(msgid if isinstance(msgid, str) else msgid[0]) for msgid in sentences()}
    assert [msgid for msgid, message in translated.items() if not is_translated(message)] == []


def has_the_same_places(message: Message) -> bool:
    wanted = {frozenset(PLACES.findall(text)) for text in texts_of(message.id)}
    return {frozenset(PLACES.findall(text)) for text in texts_of(message.string)} <= wanted


def test_a_translation_has_the_same_places_to_fill() -> None:
    assert [message.id for message in german() if message.id and not has_the_same_places(message)] == []


@pytest.mark.parametrize(
    ("msgid", "string"), [("%(a)s kam", "%(b)s came"), ("%(a)s", "a"), (("one", "%(n)s"), ("eins", "%(m)s"))]
)
def test_a_place_that_differs_is_seen(msgid: Msgid, string: Msgid) -> None:
    assert not has_the_same_places(Message(msgid, string))


@pytest.mark.skipif(not CLIENT.exists(), reason="the client's sources are not here")
def test_no_translation_is_left_over() -> None:
    wanted = {msgid if isinstance(msgid, str) else msgid[0] for msgid in sentences()}
    found = {m.id[0] if isinstance(m.id, tuple) else m.id for m in german() if m.id}
    assert found == wanted


@pytest.mark.parametrize(
    ("path", "href"),
    [
        ("/", "/?lang=en"),
        ("/login?next=/declarations/x/sign", "/login?next=%2Fdeclarations%2Fx%2Fsign&lang=en"),
        ("/verify?lang=de", "/verify?lang=en"),
        ("/v/a%3Fb", "/v/a%3Fb?lang=en"),
        ("//evil.example/x", "/%2Fevil.example/x?lang=en"),
    ],
)
def test_changing_the_language_keeps_the_rest_of_the_address(path: str, href: str) -> None:
    scope = {"type": "http", "method": "GET", "path": unquote(path.partition("?")[0])}
    request = Request(scope | {"query_string": path.partition("?")[2].encode(), "headers": []})
    assert language_address(request, "en") == href


@pytest.mark.parametrize(
    ("referer", "href"),
    [
        (
            b"https://kraftakt.example/declarations/x/sign?municipality=1",
            "/declarations/x/sign?municipality=1&lang=en",
        ),
        (b"https://evil.example//evil.example/x", "/?lang=en"),
        (b"https://[", "/?lang=en"),
        (b"", "/?lang=en"),
    ],
)
def test_after_a_form_the_language_is_changed_on_the_page_it_came_from(referer: bytes, href: str) -> None:
    """The answer to a form has an address that cannot be opened."""
    scope = {"type": "http", "method": "POST", "path": "/declarations/x/sign/code", "query_string": b""}
    assert language_address(Request(scope | {"headers": [(b"referer", referer)]}), "en") == href
