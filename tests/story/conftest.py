"""Chromium, and a service to look at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.story.people import TIMEOUT
from tests.story.service import Service

CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=TIMEOUT)
OWN_PAGES = (
    "InitialWebUI",
    "PreloadTopChromeWebUI",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxPopup",
    "WebUIToolbarProcessOverheadExperiment",
)
"""Of which its bars are made, in a process more for each window: a fifth of what a story costs."""
AS_PLAYWRIGHT = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What it switches off by itself; of two such lists the last one counts."""
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=" + ",".join((*OWN_PAGES, *AS_PLAYWRIGHT)),
]


LONGEST = (
    "test_every_page_is_accessible.py",
    "sign_offs/test_nine_of_the_region.py",
    "test_suggestion_scenarios.py",
    "test_comment_anchors.py",
    "test_pages_stand_still.py",
    "sign_offs/test_every_state_is_accessible.py",
    "test_from_the_first_word_to_the_sealed_pdf.py",
    "test_a_coordination_from_nothing.py",
    "test_from_the_seal_to_the_public.py",
)
"""They begin first, so that no core waits for one of them in the end."""
HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)  # after the stories were put behind all other tests
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    """-1 for what is no story."""
    if HERE not in item.path.parents:
        return -1
    name = item.path.relative_to(HERE).as_posix()
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Iterator[Browser]:
    """One for all. What a story left open is closed behind it: its pages would look for their service
    for ever."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def service(tmp_path: Path, browser: Browser) -> Iterator[Service]:
    service = Service(tmp_path / "data")
    service.start()
    before = set(browser.contexts)
    yield service
    for context in set(browser.contexts) - before:
        context.close()
    service.kill()
