"""What an invitation's link and code do, for people and for programs that open links."""

from __future__ import annotations

import asyncio

import pytest

from server.actions.people.account.entering import Browser
from server.actions.people.invitations import accepting
from server.domain.people.invitations.errors import UsedInvitation
from tests.web.people.invitations.test_inviting_from_a_table import PEOPLE, newest_invitation
from tests.web.site import HOME, Site

ADDRESS = "edda@kehl.example"


def invite(site: Site, **other: str) -> tuple[str, str]:
    clara = site.visitor("clara")
    clara.open(f"{PEOPLE}/invite")
    given = {"name": "Edda Farn", "email": ADDRESS, "role": "editor", "municipality": "Kehl", **other}
    assert clara.send(f"{PEOPLE}/invite", **given).location == f"{PEOPLE}?sent=1"
    return newest_invitation(site, given["email"])


def test_after_five_wrong_codes_only_a_new_mail_helps(site: Site) -> None:
    link, code = invite(site)
    edda = site.visitor()
    edda.open(link)
    for _ in range(5):
        assert edda.send(f"{link}/accept", code="0000 0000").status == 422
    assert edda.send(f"{link}/accept", code=code).status == 422
    site.world.wait(minutes=6)
    edda.send(f"{link}/renew")
    newer, code = newest_invitation(site, ADDRESS)
    assert newer != link
    edda.open(newer)
    assert edda.send(f"{newer}/accept", code=code).location == HOME


def test_a_program_that_presses_every_button_accepts_nothing(site: Site) -> None:
    link, code = invite(site)
    scanner = site.visitor()
    for _ in range(2):
        scanner.open(link)
        scanner.send(link)
        scanner.send(f"{link}/accept")
    edda = site.visitor()
    edda.open(link)
    assert edda.send(f"{link}/accept", code=code).location == HOME


def test_of_two_who_accept_at_the_same_time_one_does(site: Site) -> None:
    link, code = invite(site)
    token = link.rpartition("/")[2]

    async def both() -> list[object]:
        work = [
            accepting.accept_invitation(site.world.services, token=token, code=code, browser=Browser())
            for _ in range(2)
        ]
        return list(await asyncio.gather(*work, return_exceptions=True))

    results = site.world.run(both())
    assert sorted(isinstance(result, UsedInvitation) for result in results) == [False, True]


def test_at_a_shared_mailbox_a_person_says_who_they_are(site: Site) -> None:
    link, code = invite(site, email="buero@kehl.example", name="", shared="1")
    edda = site.visitor()
    edda.open(link)
    assert "@kehl.example" in edda.send(f"{link}/join", name="Edda", email="e@post.example", code=code).text
    assert edda.send(f"{link}/join", name="Edda Farn", email=ADDRESS, code=code).status == 200
    own, code = newest_invitation(site, ADDRESS)
    edda.open(own)
    assert edda.send(f"{own}/accept", code=code).location == HOME
    assert "Edda Farn" in site.visitor("clara").open(PEOPLE).text


def test_who_is_removed_has_no_access_and_the_last_coordinator_stays(site: Site) -> None:
    clara = site.visitor("clara")
    anna, her = site.visitor("anna"), site.world.person("anna").id
    assert anna.open(HOME).status == 200
    clara.open(f"{PEOPLE}/{her}/remove")
    assert clara.send(f"{PEOPLE}/{her}/remove").location == f"{PEOPLE}?removed=1"
    assert anna.open(HOME).status == 404
    own = site.world.person("clara").id
    clara.open(f"{PEOPLE}/{own}/remove")
    refused = clara.send(f"{PEOPLE}/{own}/remove")
    assert refused.status == 409
    assert "einzige Person der Koordination" in refused.text


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ('"edda farn"@kehl.example', "Leerzeichen"),
        ("edda@kehl.example, falk@kehl.example", "genau eine Adresse"),
        ("edda.kehl.example", "fehlt das @-Zeichen"),
    ],
)
def test_an_address_that_is_none_is_refused_with_a_sentence(site: Site, address: str, sentence: str) -> None:
    clara = site.visitor("clara")
    clara.open(f"{PEOPLE}/invite")
    page = clara.send(f"{PEOPLE}/invite", name="Edda", email=address, role="press")
    assert page.status == 422
    assert sentence in page.text
    assert "Edda" in page.source
