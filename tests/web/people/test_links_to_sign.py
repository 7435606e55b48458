"""The link in the request to sign: it proves the mailbox by one press, once, and ends with its revision."""

from __future__ import annotations

import re

from sqlalchemy import select

from server.storage.tables.people import LoginLinkRow
from tests.web.site import HOME, Site
from tests.world import World

PAGE = f"{HOME}/sign?municipality=08317096"


def links_of(world: World, name: str) -> list[str]:
    """Paths, in the order in which the mails were written."""
    mails = [letter for letter in world.letters if letter.recipient == f"{name}@example.org"]
    return [found[0] for letter in mails if (found := re.search(r"/login/\S+", letter.body))]


def test_one_press_leads_to_the_page(site: Site) -> None:
    site.world.freeze()
    (link,) = links_of(site.world, "doris")
    doris = site.visitor()
    assert doris.open(link).main_buttons == ["Weiter zum Text"]
    assert doris.send(link).location == PAGE
    assert doris.open(link).location == PAGE


def test_looking_at_it_uses_nothing_up_and_it_works_once(site: Site) -> None:
    site.world.freeze()
    (link,) = links_of(site.world, "doris")
    scanner, doris, other = site.visitor(), site.visitor(), site.visitor()
    assert [scanner.open(link).status for _ in range(3)] == [200, 200, 200]
    other.open(link)
    doris.open(link)
    assert doris.send(link).status == 303
    refused = other.send(link)
    assert refused.status == 410
    assert any("next=%2Fdeclarations" in address for address in refused.links)


def test_a_new_revision_ends_the_links_of_the_one_before(site: Site) -> None:
    site.world.freeze()
    site.world.reopen()
    site.world.write("Neu: ")
    site.world.freeze()
    old, new = links_of(site.world, "doris")
    visitor = site.visitor()
    assert (visitor.open(old).status, visitor.open(new).status) == (410, 200)


def test_signing_in_elsewhere_leaves_it_as_it_is(site: Site) -> None:
    site.world.freeze()
    (link,) = links_of(site.world, "doris")
    site.visitor("doris").open("/")
    assert site.visitor().open(link).status == 200


def test_it_lives_until_the_deadline_and_no_longer(site: Site) -> None:
    site.world.freeze()
    (link,) = links_of(site.world, "doris")
    site.world.wait(days=61)
    assert site.visitor().open(link).status == 410


def test_only_its_hash_is_kept(site: Site) -> None:
    site.world.freeze()
    (link,) = links_of(site.world, "doris")

    async def tokens(db):  # type: ignore[no-untyped-def]
        return list(await db.scalars(select(LoginLinkRow.token_hash)))

    assert link.rpartition("/")[2] not in site.world.read(tokens)
