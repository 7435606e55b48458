"""Several rows of the page of people at once: invited again, revoked, reminded."""

from __future__ import annotations

import re

from server.domain.people.invitations.invitation import Stage
from server.storage.people.participants import Participant, read_participants
from tests.web.site import HOME, Site, Visitor

PEOPLE = f"{HOME}/people"
CHOSEN = f"{PEOPLE}/chosen"


def people(site: Site) -> dict[str, Participant]:
    return {who.email: who for who in site.world.ask(read_participants, 1, site.world.time)}


def invite(site: Site, *names: str) -> dict[str, str]:
    """Their boxes, by name."""
    clara = site.visitor("clara")
    clara.open(f"{PEOPLE}/invite")
    for name in names:
        clara.send(f"{PEOPLE}/invite", name=name, email=f"{name}@kehl.example", role="observer")
    listed = people(site)
    return {name: f"row-i{listed[f'{name}@kehl.example'].invitation_id}" for name in names}


def ticked(boxes: dict[str, str]) -> dict[str, str]:
    return dict.fromkeys(boxes.values(), "1")


def mails_to(site: Site, name: str) -> int:
    return sum(letter.recipient == f"{name}@kehl.example" for letter in site.world.letters)


def ready(site: Site) -> Visitor:
    clara = site.visitor("clara")
    clara.open(PEOPLE)
    return clara


def test_the_chosen_are_named_before_they_are_invited_again(site: Site) -> None:
    boxes = invite(site, "edda", "falk", "gerd")
    clara, two = ready(site), {name: boxes[name] for name in ("edda", "falk")}
    page = clara.send(CHOSEN, do="send", **ticked(two))
    assert "2 Einladungen erneut senden?" in page.text
    assert "edda@kehl.example" in page.text
    assert "gerd@kehl.example" not in page.text
    assert mails_to(site, "edda") == 1, "looking sends nothing"
    assert clara.send(f"{CHOSEN}/send", **ticked(two)).location == f"{PEOPLE}?sent=2"
    assert [mails_to(site, name) for name in ("edda", "falk", "gerd")] == [2, 2, 1]


def test_the_chosen_are_revoked_together(site: Site) -> None:
    boxes = invite(site, "edda", "falk", "gerd")
    clara, two = ready(site), {name: boxes[name] for name in ("edda", "falk")}
    assert "2 Einladungen zurücknehmen?" in clara.send(CHOSEN, do="revoke", **ticked(two)).text
    assert clara.send(f"{CHOSEN}/revoke", **ticked(two)).location == f"{PEOPLE}?revoked=2"
    assert {"gerd@kehl.example"} == {email for email in people(site) if email.endswith("@kehl.example")}
    assert site.world.tags.count("declaration:invitation:revoke") == 3, "one for each, one for all"
    assert "2 Einladungen sind zurückgenommen" in clara.open(f"{PEOPLE}?revoked=2").text


def test_who_has_accepted_is_left_as_they_are(site: Site) -> None:
    """Doris takes part: nothing of hers is sent or revoked, and the page says so."""
    doris = people(site)["doris@example.org"]
    assert doris.stage is Stage.ACCEPTED
    boxes = invite(site, "edda") | {"doris": f"row-p{doris.person_id}"}
    clara = ready(site)
    page = clara.send(CHOSEN, do="revoke", **ticked(boxes))
    assert "1 Einladung zurücknehmen?" in page.text
    assert "Bei 1 weiteren geschieht nichts" in page.text
    clara.send(f"{CHOSEN}/revoke", **ticked(boxes))
    assert "doris@example.org" in people(site)


def test_only_the_chosen_are_reminded_and_only_without_an_answer(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("gustav")
    known = people(site)
    both = {f"row-p{known[f'{name}@example.org'].person_id}": "1" for name in ("doris", "gustav")}
    clara = ready(site)
    page = clara.send(CHOSEN, do="remind", **both)
    persons = dict.fromkeys(re.findall(r'name="(person-\d+)"', page.source), "1")
    assert len(persons) == 2
    fields = {"audience": "chosen", "text": "Bitte antworten Sie.", **persons}
    shown = clara.send(f"{HOME}/reminders", **fields)
    assert "doris@example.org" in shown.text
    assert "gustav@example.org" not in shown.text
    sent = clara.send(f"{HOME}/reminders/send", expected="1", **fields)
    assert sent.location == f"{HOME}/reminders?sent=1"


def test_nothing_ticked_leads_back_with_a_sentence(site: Site) -> None:
    clara = ready(site)
    location = clara.send(CHOSEN, do="send").location
    assert "Bitte wählen Sie zuerst mindestens eine Zeile aus." in clara.open(location).text


def test_an_invitation_of_another_declaration_is_not_touched(site: Site) -> None:
    """Its box is known here to nobody."""
    boxes = invite(site, "edda")
    frank = site.visitor("frank")
    frank.open("/")
    assert frank.send(f"{CHOSEN}/revoke", **ticked(boxes)).status == 404
    assert "edda@kehl.example" in people(site)
