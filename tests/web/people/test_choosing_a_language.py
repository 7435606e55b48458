"""Who is signed in and changes the language of a page is written to in that language from then on."""

from __future__ import annotations

import httpx
import pytest

from server.actions.people import accounts
from server.app import create_app
from tests.web.http.test_csrf import token_on
from tests.world import World


def browse(world: World, name: str, accept: str, *paths: str) -> None:
    """Signs in on the real application with a browser that prefers a language, and opens the pages."""
    link = world.run(accounts.issue_login_link(world.services, email=f"{name}@example.org"))

    async def work() -> None:
        transport = httpx.ASGITransport(create_app(world.settings, world.services))
        headers = {"Accept-Language": accept}
        async with httpx.AsyncClient(
            transport=transport, base_url=world.services.base_url, headers=headers
        ) as browser:
            form = {"csrf": token_on((await browser.get(link)).text)}
            assert (await browser.post(link, data=form)).status_code == 303
            for path in paths:
                assert (await browser.get(path)).status_code == 200

    world.run(work())


@pytest.mark.parametrize(("accept", "language"), [("en-GB", "en"), ("fr", "de")])
def test_signing_in_keeps_the_language_of_the_browser(world: World, accept: str, language: str) -> None:
    browse(world, "anna", accept)
    assert world.person("anna").language == language


@pytest.mark.parametrize(
    ("paths", "language"),
    [
        (["/"], "de"),
        (["/?lang=en"], "en"),
        (["/?lang=en", "/"], "en"),
        (["/?lang=en", "/?lang=de"], "de"),
        (["/?lang=xx"], "de"),
    ],
)
def test_the_language_chosen_last_is_kept(world: World, paths: list[str], language: str) -> None:
    browse(world, "anna", "de", *paths)
    assert world.person("anna").language == language
    assert world.person("doris").language == "de"
