"""The HTML edition in a browser: on a desk, on a phone, in the dark, and as it was saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.story.people import DESK, PHONE, Visitor
from tests.story.service import Service
from tests.story.shortcuts import Shortcuts


@pytest.fixture
def shortcuts(service: Service) -> Iterator[Shortcuts]:
    with Shortcuts(service) as shortcuts:
        yield shortcuts


def ensure_readable(visitor: Visitor) -> None:
    """axe-core needs a script, which the page forbids: it is run from outside, by the browser's own tools."""
    for size in (PHONE, DESK):
        for scheme in ("light", "dark"):
            visitor.page.set_viewport_size(size)  # type: ignore[arg-type]
            visitor.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            visitor.ensure_accessible()


def test_the_edition_is_read_saved_and_compared(
    browser: Browser, shortcuts: Shortcuts, tmp_path: Path
) -> None:
    shortcuts.freeze()
    shortcuts.sign("doris")
    shortcuts.seal()
    doris = shortcuts.visitor(browser, "doris")
    page = doris.page
    doris.open()
    page.get_by_role("link", name="Als Webseite lesen").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_load_state()
    assert page.evaluate("getComputedStyle(document.querySelector('.mark')).display") == "block"
    ensure_readable(doris)
    page.get_by_role("link", name="Mitgezeichnet von").click()
    expect(
        page.get_by_role("table", name="Mitgezeichnet hat").get_by_role("rowheader").last
    ).to_be_in_viewport()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Nachweise der Mitzeichnungen").click()
    saved.value.save_as(tmp_path / "nachweise.json")
    assert json.loads((tmp_path / "nachweise.json").read_bytes())["format"]

    html = page.context.request.get(page.url.partition("#")[0]).body()
    (tmp_path / "e.html").write_bytes(html)
    shortcuts.publish_at(shortcuts.services.now())
    page.get_by_role("link", name="/v/").click()
    page.wait_for_load_state()
    shown = page.locator("main").inner_text().replace(" ", "").replace("\n", "")
    assert hashlib.sha256(html).hexdigest() in shown
    page.goto((tmp_path / "e.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.mark')).display") == "block"
    ensure_readable(doris)
