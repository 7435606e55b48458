"""The README says what the code does."""

import re
from pathlib import Path

from server.settings import SETTINGS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_listed_with_its_meaning() -> None:
    listed = dict(re.findall(r"^\| `(KRAFTAKT_\w+)` \| (.+) \|$", README, re.MULTILINE))
    assert listed == dict(SETTINGS)


def test_the_code_reads_no_setting_that_is_not_listed() -> None:
    read = {
        name
        for path in [*(ROOT / "server").rglob("*.py"), ROOT / "Procfile"]
        for name in re.findall(r"KRAFTAKT_[A-Z_]+", path.read_text(encoding="utf-8"))
    }
    assert read == set(SETTINGS)


def test_it_stays_short_enough_to_be_read() -> None:
    assert len(README.splitlines()) <= 120


def test_what_it_points_to_is_there() -> None:
    places = re.findall(r"`((?:server|client|tests|bench|templates)/[\w/.-]*)`", README)
    images = re.findall(r"!\[.*?\]\((.+?)\)", README)
    assert [place for place in [*places, *images] if not (ROOT / place).exists()] == []
