"""Every answer carries the security headers, whatever it answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from httpx import Response
from starlette.routing import Route

from server.web.http.headers import CONTENT_SECURITY_POLICY, SECURITY_HEADERS
from server.web.routes import create_routes
from tests.web.house import ROOT, House, build_house
from tests.world import World

SAMPLES = {
    "slug": "x",
    "token": "t",
    "code": "c",
    "challenge": "c",
    "ags": "08317096",
    "name:path": "main.css",
}
"""Where an address wants something in particular; numbers are 1, any other word is "x"."""
FOR_OTHER_SITES = {"Cross-Origin-Resource-Policy": "cross-origin"}
"""Of the public API: pages of others read it."""
PATHS = sorted({route.path for route in create_routes() if isinstance(route, Route)})


def example(path: str) -> str:
    """An address that the route answers."""
    return re.sub(r"{([^}]+)}", _sample, path)


def _sample(field: re.Match[str]) -> str:
    name = field[1]
    return SAMPLES.get(name, "1" if name.endswith(":int") or name == "number" else "x")


def missing(response: Response, *, for_others: bool) -> set[str]:
    """Headers that the answer lacks, or has otherwise."""
    wanted = SECURITY_HEADERS | (FOR_OTHER_SITES if for_others else {})
    some = {"strict-transport-security", "x-request-id"}
    return {name for name, value in wanted.items() if response.headers.get(name) != value} | {
        name for name in some if not response.headers.get(name)
    }


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_every_route_answers_with_all_security_headers(house: House, method: str) -> None:
    gaps = {}
    for path in PATHS:
        response = house.ask(method, example(path))
        gaps[path] = missing(response, for_others=path.startswith("/api/") and method == "GET")
    assert {path: names for path, names in gaps.items() if names} == {}


def test_json_is_saved_and_never_shown_as_a_page(house: House) -> None:
    for path in ("/health", "/api/v1/declarations", "/api/v1/openapi.json", "/api/v1/x"):
        response = house.get(path, headers={"Accept": "application/json"})
        assert response.headers["content-type"] == "application/json", path
        assert response.headers["content-disposition"] == 'attachment; filename="answer.json"', path


def test_a_failing_handler_answers_with_all_security_headers(shared_world: World, tmp_path: Path) -> None:
    response = build_house(shared_world, tmp_path, {"boom": lambda: RuntimeError("secret words")}).get(
        "/raise/boom"
    )
    assert response.status_code == 500
    assert response.headers["content-security-policy"] == CONTENT_SECURITY_POLICY


def test_the_policy_allows_no_inline_code_and_no_other_site() -> None:
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert not re.search(r"https?:|\*", CONTENT_SECURITY_POLICY)
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_plain_http_promises_no_strict_transport(shared_world: World, tmp_path: Path) -> None:
    response = build_house(shared_world, tmp_path, base_url="http://127.0.0.1:8000").get("/")
    assert "strict-transport-security" not in response.headers


def test_pages_are_not_stored_by_caches(house: House) -> None:
    assert house.get("/").headers["cache-control"] == "no-store"


INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=\"|javascript:|<script(?![^>]*(src=|application/(ld\+)?json))", re.I
)


PAGES = [path for path in (ROOT / "templates").rglob("*.html") if "mail" not in path.parts]
"""Mails are no pages: `tests/mail/test_notices.py` looks at them."""


def test_no_template_has_inline_script_or_style() -> None:
    assert len(PAGES) > 100
    assert [str(path) for path in PAGES if INLINE.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    "bad", ["<style>", '<p style="x">', '<p onclick="x">', "<script>x</script>", '<a href="javascript:x">']
)
def test_the_search_for_inline_code_finds_it(bad: str) -> None:
    assert INLINE.search(bad)
