"""Nothing changes without a token of this browser, nor at another site's request."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route

from server.web.routes import create_routes
from tests.web.house import BASE_URL, House
from tests.web.http.test_headers import example

BY_ADDRESS = {"/notices/{token}/stop"}
"""What mail programs send has no form (RFC 8058); `tests/web/notices/test_choices.py` looks at it."""
POSTS = sorted(
    r.path
    for r in create_routes()
    if isinstance(r, Route) and "POST" in (r.methods or ()) and r.path not in BY_ADDRESS
)
OTHERS = ("PUT", "PATCH", "DELETE")
CLARA = {"__Host-kraftakt_session": "clara"}


def token_on(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def token_of_clara(house: House) -> str:
    return token_on(house.get("/verify", cookies=CLARA).text)


def test_a_form_with_its_token_is_accepted(house: House) -> None:
    data = {"csrf": token_of_clara(house), "word": "yes"}
    assert house.post("/echo", cookies=CLARA, data=data).text == "yes"


def test_json_with_the_token_in_the_header_is_accepted(house: House) -> None:
    headers = {"X-CSRF-Token": token_of_clara(house)}
    assert house.post("/echo-json", cookies=CLARA, headers=headers, json={"word": "yes"}).text == "yes"


def test_someone_signed_out_gets_a_token_by_cookie(house: House) -> None:
    page = house.get("/")
    cookies = {"__Host-kraftakt_visitor": page.cookies["__Host-kraftakt_visitor"]}
    assert house.post("/echo", cookies=cookies, data={"csrf": token_on(page.text), "word": "a"}).text == "a"


def test_no_route_changes_anything_without_a_token(house: House) -> None:
    came = {}
    for path in POSTS:
        response = house.post(example(path), cookies=CLARA, headers={"Origin": BASE_URL})
        came[path] = (response.status_code, "nicht mehr gültig" in response.text)
    assert {path: how for path, how in came.items() if how != (403, True)} == {}
    assert came


AS_JSON = {
    *(path for path in POSTS if "/comments" in path or "/passkey/" in path or path.startswith("/passkeys/")),
    *(path for path in POSTS if path.endswith("/decisions")),
    "/declarations/{slug}/sign/differs",
}
"""What the client's program sends. All others take what a form sends."""


def test_every_route_refuses_other_sites_other_types_and_other_methods(house: House) -> None:
    """With the token, and before anything is done: nothing here is changed."""
    token = {"X-CSRF-Token": token_of_clara(house)}
    gets = {r.path for r in create_routes() if isinstance(r, Route) and "GET" in (r.methods or ())}
    came = {}
    for path in POSTS:
        address, wrong = example(path), "application/json"
        if path in AS_JSON:
            wrong = "application/x-www-form-urlencoded"
        kinds = [wrong, "text/plain", "application/json5"]
        foreign = house.post(address, cookies=CLARA, headers=token | {"Origin": "https://evil.example"})
        came[path] = [
            foreign.status_code,
            *(
                house.post(
                    address, cookies=CLARA, headers=token | {"Content-Type": kind}, content=b"{}"
                ).status_code
                for kind in kinds
            ),
            *(house.ask(method, address, cookies=CLARA, headers=token).status_code for method in OTHERS),
            *([] if path in gets else [house.get(address, cookies=CLARA).status_code]),
        ]
    expected = [403, 415, 415, 415, *[405] * len(OTHERS)]
    wrong_ones = {path: got for path, got in came.items() if got[: len(expected)] != expected}
    assert wrong_ones == {}
    readable = {path: got[-1] for path, got in came.items() if len(got) > len(expected)}
    assert {path: status for path, status in readable.items() if status == 200} == {}


@pytest.mark.parametrize("token", ["", "0" * 64, "ä"])
def test_a_wrong_token_is_refused(house: House, token: str) -> None:
    assert house.post("/echo", cookies=CLARA, data={"csrf": token, "word": "x"}).status_code == 403


def test_a_token_of_another_session_is_refused(house: House) -> None:
    data = {"csrf": token_of_clara(house), "word": "x"}
    assert house.post("/echo", cookies={"__Host-kraftakt_session": "frank"}, data=data).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://kraftakt.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_is_refused_even_with_the_token(house: House, headers: dict[str, str]) -> None:
    data = {"csrf": token_of_clara(house), "word": "x"}
    assert house.post("/echo", cookies=CLARA, data=data, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"Origin": BASE_URL}, {"Sec-Fetch-Site": "same-origin"}, {}])
def test_our_own_site_is_accepted(house: House, headers: dict[str, str]) -> None:
    data = {"csrf": token_of_clara(house), "word": "x"}
    assert house.post("/echo", cookies=CLARA, data=data, headers=headers).status_code == 200
