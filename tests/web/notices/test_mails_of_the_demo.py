"""A demo shows the mails that leave nowhere; a service that is no demo has no such page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from server.actions.notices.wording import word_mail
from server.mail.transport import FolderTransport
from server.storage.notices import mails
from tests.web.site import Site
from tests.world import World


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Site]:
    world = World(tmp_path)
    transport = FolderTransport(tmp_path / "mail", "kraftakt@localhost")
    world.services = replace(world.services, demo=True, transport=transport)
    site = Site.with_guests(world)
    yield site
    site.close()


def send_all(site: Site) -> None:
    for mail in site.world.read(mails.list_waiting, 100):
        site.world.services.transport.send(word_mail(site.world.services, mail))


def test_it_shows_each_mail_with_links_that_work(demo: Site) -> None:
    demo.world.freeze()
    send_all(demo)
    visitor = demo.visitor()
    listed = visitor.open("/mails?to=doris@example.org")
    assert "doris@example.org" in listed.text
    assert "gustav@example.org" not in listed.text
    shown = visitor.open(next(link for link in listed.links if link.startswith("/mails/")))
    assert "Doris" in shown.text
    assert any(link.startswith(f"{demo.world.services.base_url}/") for link in shown.links)


def test_the_bar_leads_there(demo: Site) -> None:
    assert 'href="/mails"' in demo.visitor().open("/login").source


def test_a_mail_that_is_not_there_is_not_found(demo: Site) -> None:
    assert demo.visitor().open("/mails/1").status == 404


def test_nobody_else_has_these_pages(site: Site) -> None:
    assert site.statuses("/mails", "nobody clara") == {"nobody": 404, "clara": 404}
    assert 'href="/mails"' not in site.visitor().open("/login").source
