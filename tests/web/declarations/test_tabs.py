"""The tabs of a declaration lead everybody only where they may go, and say where one is."""

from __future__ import annotations

import re

import pytest

from server.domain.declarations import Phase
from tests.web.site import HOME, Site


@pytest.mark.parametrize("phase", [Phase.DRAFTING, Phase.SIGNING, Phase.SEALED])
@pytest.mark.parametrize("name", ["clara", "anna", "ben", "doris", "emil"])
def test_each_tab_opens_for_everybody_who_is_shown_it(site: Site, phase: Phase, name: str) -> None:
    if phase is not Phase.DRAFTING:
        site.world.freeze()
    if phase is Phase.SEALED:
        site.world.sign_with_passkey("doris")
        site.world.seal()
    visitor = site.visitor(name)
    nav = re.search(r'<nav class="k-tabs".*?</nav>', visitor.open().source, re.S)
    assert nav is not None
    addresses = re.findall(r'href="([^"]+)"', nav[0])
    assert addresses[0] == HOME
    assert {address: visitor.open(address).status for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_tab_of_the_page_is_marked_also_on_pages_below_it(site: Site) -> None:
    site.world.freeze()
    for path, label in (
        (HOME, "Übersicht"),
        (f"{HOME}/revisions/1", "Fassungen"),
        (f"{HOME}/log", "Protokoll"),
    ):
        page = site.visitor("clara").open(path)
        assert re.findall(r'aria-current="page">([^<]+)</a>', page.source) == [label]


def test_the_name_is_the_heading_of_the_overview_only(site: Site) -> None:
    clara = site.visitor("clara")
    assert clara.open().heading == "Erklärung"
    assert clara.open(f"{HOME}/log").heading == "Protokoll"
