"""Built files: only those that were there at start, kept by browsers for as long as their hash holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.web.http.pages.static import StaticFiles
from tests.web.house import House


def test_pages_name_the_style_sheet_with_its_hash(house: House) -> None:
    found = re.search(r'href="(/static/main\.css\?v=[0-9a-f]{16})"', house.get("/").text)
    assert found
    response = house.get(found[1])
    assert response.headers["content-type"].startswith("text/css")
    assert "immutable" in response.headers["cache-control"]


def test_without_the_right_hash_the_browser_asks_again(house: House) -> None:
    assert house.get("/static/main.css?v=old").headers["cache-control"] == "no-cache"


def test_another_file_has_another_hash(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("1")
    before = StaticFiles(tmp_path).address("a.css")
    (tmp_path / "a.css").write_text("2")
    assert StaticFiles(tmp_path).address("a.css") != before


@pytest.mark.parametrize(
    "name", ["nothing.css", "../secret.css", "%2e%2e/secret.css", "/etc/passwd", "strings.txt", ""]
)
def test_nothing_else_is_served(house: House, tmp_path: Path, name: str) -> None:
    (tmp_path.parent / "secret.css").write_text("x")
    (tmp_path / "strings.txt").write_text("x")
    assert house.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("accepted", ["gzip", "br, gzip", "deflate, GZIP;q=0.5", "x, *;q=0, gzip"])
def test_who_can_unpack_gets_the_file_packed(house: House, accepted: str) -> None:
    response = house.get("/static/main.css", headers={"Accept-Encoding": accepted})
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.text.startswith("body {")
    assert int(response.headers["content-length"]) < len(response.content)


@pytest.mark.parametrize("accepted", ["identity", "br", "gzip;q=0", "gzip;q=0.000", "gzipped"])
def test_who_cannot_unpack_gets_it_plain(house: House, accepted: str) -> None:
    response = house.get("/static/main.css", headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in response.headers
    assert response.headers["vary"] == "Accept-Encoding"
    assert int(response.headers["content-length"]) == len(response.content)


def test_what_is_packed_already_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "font.woff2").write_bytes(b"x" * 5000)
    response = StaticFiles(tmp_path).response("font.woff2", None, packed=True)
    assert "content-encoding" not in response.headers


def test_pages_with_a_token_are_not_packed(house: House) -> None:
    """Packed length would tell a guessed token from the true one (the attack called BREACH)."""
    response = house.get("/login", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in response.headers
