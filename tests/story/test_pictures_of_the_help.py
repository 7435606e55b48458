"""The pictures of the help: taken while the demo is walked, one for each role.

`make help-pictures` keeps them in `client/help`, from where the build takes them; the test by itself looks
whether each guide has one, of the size that the page expects.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, expect

from server.web.help.guides import GUIDES
from tests.story.people import Visitor
from tests.story.service import ROOT, Service
from tests.story.shortcuts import Shortcuts

KEPT: Final = ROOT / "client" / "help"
SIZES: Final = {"mayor": (390, 700)}
DESK: Final = (1200, 700)


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


def take(visitor: Visitor, folder: Path, key: str) -> None:
    """The page as it is now, without the hint that goes away."""
    width, height = SIZES.get(key, DESK)
    page = visitor.page
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("document.fonts.ready")
    page.evaluate("for (const each of document.querySelectorAll('.k-demo, .k-hello')) each.remove()")
    page.screenshot(path=folder / f"{key}.jpg", type="jpeg", quality=70)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a JPEG: its first start of frame (ITU-T T.81, B.2.2)."""
    data, at = path.read_bytes(), 2
    while data[at + 1] not in (0xC0, 0xC1, 0xC2):
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    height, width = struct.unpack(">HH", data[at + 5 : at + 9])
    return int(width), int(height)


def test_every_guide_has_its_picture(browser: Browser, shortcuts: Shortcuts, tmp_path: Path) -> None:
    folder = Path(os.environ.get("KRAFTAKT_HELP_PICTURES") or tmp_path)
    folder.mkdir(exist_ok=True)
    people: dict[str, Any] = {
        name: shortcuts.visitor(browser, name, phone=name == "doris")
        for name in ("clara", "anna", "doris", "emil")
    }
    people["clara"].open("/people")
    take(people["clara"], folder, "coordination")
    people["anna"].open_editor()
    take(people["anna"], folder, "office")
    shortcuts.freeze()
    people["doris"].open("/sign")
    expect(people["doris"].main).to_contain_text("Oberbürgermeisterin")
    take(people["doris"], folder, "mayor")
    people["anna"].open("/revisions/1")
    take(people["anna"], folder, "observer")
    shortcuts.sign("doris")
    shortcuts.seal()
    people["emil"].open()
    take(people["emil"], folder, "press")
    for guide in GUIDES:
        wanted = SIZES.get(guide.key, DESK)
        assert size_of(folder / f"{guide.key}.jpg") == wanted
        assert size_of(KEPT / f"{guide.key}.jpg") == wanted, "make help-pictures"
