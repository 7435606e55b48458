"""Built files: only those that were there at start, kept by browsers for as long as their hash holds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from server.web.static import StaticFiles
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
