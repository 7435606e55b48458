"""The hint of the first visit: on one's overview until it is put away, then never again."""

from __future__ import annotations

import pytest

from tests.web.site import HOME, Site


@pytest.mark.parametrize(
    ("name", "guide"),
    [("clara", "coordination"), ("anna", "office"), ("doris", "mayor"), ("emil", "press")],
)
def test_it_leads_to_ones_own_guide(site: Site, name: str, guide: str) -> None:
    page = site.visitor(name).open(HOME)
    assert "Neu hier?" in page.text
    assert f"/help/{guide}" in page.links


def test_once_put_away_it_stays_away_on_every_device(site: Site) -> None:
    doris = site.visitor("doris")
    doris.open(HOME)
    assert doris.send("/help/known", next=HOME).location == HOME
    assert "Neu hier?" not in doris.open(HOME).text
    assert "Neu hier?" not in site.visitor("doris").open(HOME).text
    assert "Neu hier?" in site.visitor("gustav").open(HOME).text


def test_it_leads_nowhere_else(site: Site) -> None:
    doris = site.visitor("doris")
    doris.open(HOME)
    assert doris.send("/help/known", next="https://elsewhere.example/").location == "/"
