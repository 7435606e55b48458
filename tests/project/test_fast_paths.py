"""The pages about the fast paths name what is there."""

import re
from pathlib import Path

import pytest

from server.settings import FastPath

ROOT = Path(__file__).parents[2]
PAGES = {
    FastPath.ANSWERS: ROOT / "server" / "web" / "http" / "kept" / "README.md",
    FastPath.COMMITS: ROOT / "server" / "storage" / "engine" / "README.md",
    FastPath.SOCKETS: ROOT / "server" / "web" / "live" / "README.md",
}


def test_each_has_its_page() -> None:
    assert set(PAGES) == set(FastPath)


@pytest.mark.parametrize("path", list(FastPath))
def test_its_page_answers_three_questions_and_says_how_to_switch_it_off(path: FastPath) -> None:
    page = PAGES[path].read_text(encoding="utf-8")
    others = ",".join(other for other in FastPath if other != path)
    for needed in ("**What it buys.**", "**What it relies on.**", "**How to take it out**"):
        assert needed in page
    assert f"`KRAFTAKT_FAST_PATHS={others}`" in page


@pytest.mark.parametrize("path", list(FastPath))
def test_the_files_it_names_exist(path: FastPath) -> None:
    names = re.findall(r"`([\w/]+\.(?:py|md))`", PAGES[path].read_text(encoding="utf-8"))
    there = {file.name for file in (ROOT / "tests" / "sync" / "live").iterdir()}
    there |= {file.name for file in PAGES[path].parent.iterdir()}
    assert names
    assert [name for name in names if name not in there and not (ROOT / name).exists()] == []
