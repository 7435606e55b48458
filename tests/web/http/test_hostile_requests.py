"""Requests that no browser sends: each is refused in a sentence, none ends as an error of ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.app import create_app
from server.settings import read_settings
from server.web.http.forms import Form
from tests.web.house import BASE_URL, House
from tests.web.http.test_csrf import token_on

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def visitor(house: House) -> dict[str, str]:
    """The cookie and the token of a browser that has opened a page."""
    page = house.get("/login")
    return {"cookie": page.cookies["__Host-kraftakt_visitor"], "csrf": token_on(page.text)}


def send(house: House, visitor: dict[str, str], body: bytes) -> int:
    cookies = {"__Host-kraftakt_visitor": visitor["cookie"]}
    headers = JSON | {"X-CSRF-Token": visitor["csrf"]}
    return house.post("/echo-json", headers=headers, cookies=cookies, content=body).status_code


def test_json_nested_without_end_is_refused(house: House, visitor: dict[str, str]) -> None:
    assert send(house, visitor, b'{"word":' + b"[" * 60_000 + b"]" * 60_000 + b"}") == 422


@pytest.mark.parametrize("word", ["\ud800", "a\0b", "a\x1bb", "\ud800" * 30])
def test_what_no_text_can_hold_is_refused(house: House, visitor: dict[str, str], word: str) -> None:
    body = json.dumps({"word": word}).encode()
    assert send(house, visitor, body) == 422


@pytest.mark.parametrize("word", ["\u200b", "\u2060\u00a0\ufeff", "\u3164", "\u202e"])
def test_what_shows_nothing_is_no_word(house: House, visitor: dict[str, str], word: str) -> None:
    assert send(house, visitor, json.dumps({"word": word}).encode()) == 422


def test_what_copied_words_bring_along_unseen_is_left_out() -> None:
    """Of Word, of PDF viewers, of Windows' dialogs; and what was typed beside it stays in the form."""
    brought = "\u202aLinie\x0bzwei,\x02\x1f Stadt\x1eBad\ufeff\u202e"
    assert Form({"word": brought}).text("word") == "Linie\nzwei, Stadt\u2011Bad"
    assert Form({"word": "Linie\0 zwei"}).typed("word") == "Linie zwei"


def test_lines_and_marks_of_direction_are_text(house: House, visitor: dict[str, str]) -> None:
    body = json.dumps({"word": "a\r\n\tb\u200fc"}).encode()
    assert send(house, visitor, body) == 200


def test_half_a_character_is_no_token(house: House, visitor: dict[str, str]) -> None:
    assert send(house, visitor, json.dumps({"csrf": "\ud800", "word": "x"}).encode()) == 403


@pytest.mark.parametrize(
    "path",
    [
        "/declarations/a%00b",
        "/v/%00",
        "/login/%00",
        "/declarations/x/sign/code/%00",
    ],
)
def test_an_address_that_can_name_nothing_is_not_found(house: House, path: str) -> None:
    assert house.get(path, cookies={"__Host-kraftakt_session": "clara"}).status_code == 404


def test_a_number_that_never_ends_is_as_good_as_any_name(house: House) -> None:
    assert house.get("/declarations/x/revisions/" + "9" * 900).status_code == 303


def test_an_address_without_end_is_not_found(house: House) -> None:
    assert house.get("/declarations/x/people/" + "9" * 5000).status_code == 404


@pytest.mark.parametrize("target", ["//[", "/\\[", "/[", "//a]b"])
def test_a_broken_address_to_go_to_next_leads_home(house: House, target: str) -> None:
    assert house.get(f"/login?next={target}").status_code == 200


@pytest.mark.parametrize("path", ["/verify/", "/login/sent/", "/health/"])
def test_nobody_is_sent_to_the_host_that_a_request_names(tmp_path: Path, path: str) -> None:
    house = House(create_app(read_settings({"KRAFTAKT_DATA": str(tmp_path)})), BASE_URL)
    response = house.get(path, headers={"Host": "evil.example"})
    assert response.status_code == 404
    assert "evil.example" not in response.text + str(response.headers)
