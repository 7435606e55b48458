"""An office asks colleagues and deputies of its own municipality in, where the coordination lets it."""

from __future__ import annotations

import pytest

from server.domain.people.mandates import MandateKind
from server.storage.people.mandates import read_held
from tests.web.people.municipalities.test_mandates import DEPUTY, give, held
from tests.web.site import HOME, Site
from tests.world import LAHR, OFFENBURG

OWN, OTHER = f"{HOME}/municipalities/{OFFENBURG}", f"{HOME}/municipalities/{LAHR}"
COLLEAGUE = {"name": "Bruno Beifuß", "email": "bruno@offenburg.example", "part": "suggester"}


def let_offices_invite(site: Site, **fields: str) -> None:
    clara = site.visitor("clara")
    clara.open(f"{HOME}/settings/offices")
    assert clara.send(f"{HOME}/settings/offices", **fields).status == 303


@pytest.fixture
def opened(site: Site) -> Site:
    let_offices_invite(site, may_invite="on")
    return site


def test_the_coordination_sets_it_and_sees_it(site: Site) -> None:
    let_offices_invite(site, may_invite="on")
    settings = site.visitor("clara").open(f"{HOME}/settings")
    assert "Ämter laden Beschäftigte und Stellvertretungen ein ja" in settings.text
    assert site.visitor("anna").open(f"{OWN}/invite").status == 200
    let_offices_invite(site)
    assert site.visitor("anna").open(f"{OWN}/invite").status == 403


def test_an_office_sees_its_own_municipality_and_no_other(site: Site) -> None:
    anna = site.visitor("anna")
    page = anna.open(f"{HOME}/municipality")
    assert page.heading == "Offenburg"
    assert "Doris" in page.text
    assert "Unsere Kommune" in page.tabs
    assert page.main_links == []
    assert anna.open(OWN).status == 200
    assert anna.open(OTHER).status == 404
    assert site.visitor("ben").open(OWN).status == 404
    assert "Was geantwortet wurde" not in site.visitor("ben").open(f"{HOME}/municipality").text
    assert site.statuses(OWN, "clara doris gustav emil frank nobody") == {
        "clara": 200,
        "doris": 200,
        "gustav": 404,
        "emil": 403,
        "frank": 404,
        "nobody": 303,
    }


def test_without_the_setting_no_office_invites(site: Site) -> None:
    anna = site.visitor("anna")
    anna.open(f"{HOME}/municipality")
    assert anna.send(f"{OWN}/invite", **COLLEAGUE).status == 403
    assert anna.send(f"{OWN}/mandates", **DEPUTY).status == 403
    assert not [mail for mail in site.mails if "offenburg.example" in mail.recipient]


def test_a_colleague_is_invited(opened: Site) -> None:
    anna = opened.visitor("anna")
    anna.open(f"{OWN}/invite")
    assert anna.send(f"{OWN}/invite", **COLLEAGUE).location == f"{OWN}?done=sent"
    assert opened.mails[-1].recipient == "bruno@offenburg.example"
    assert "Anna lädt Sie ein" in opened.mails[-1].body
    assert "Bruno Beifuß" in anna.open(OWN).text
    again = anna.send(f"{OWN}/invite", **COLLEAGUE)
    assert again.status == 422
    assert "Diese Adresse ist schon beteiligt." in again.text


@pytest.mark.parametrize(
    "part", ["coordinator", "mayor", "deputy", "press", "observer", "joint", "nothing", ""]
)
def test_an_office_gives_no_other_part(opened: Site, part: str) -> None:
    anna = opened.visitor("anna")
    anna.open(f"{OWN}/invite")
    assert anna.send(f"{OWN}/invite", **(COLLEAGUE | {"part": part})).status == 403
    assert not [mail for mail in opened.mails if "bruno" in mail.recipient]


def test_for_another_municipality_nothing_is_possible(opened: Site) -> None:
    anna = opened.visitor("anna")
    anna.open(f"{OWN}/invite")
    gustav = held(opened, "Gustav", LAHR)
    for path, fields in (
        (f"{OTHER}/invite", COLLEAGUE),
        (f"{OTHER}/mandates", DEPUTY),
        (f"{OTHER}/mandates/{gustav}", DEPUTY),
        (f"{OTHER}/mandates/{gustav}/end", {}),
        (f"{OWN}/mandates/{gustav}/end", {}),
        (f"/declarations/andere/municipalities/{OFFENBURG}/invite", COLLEAGUE),
    ):
        assert anna.send(path, **fields).status == 404, path
    assert [one.mandate.until for one in opened.world.ask(read_held, 1, LAHR)] == [None]


def test_a_mayors_office_adds_a_deputy_for_a_week_and_no_mayor(opened: Site) -> None:
    anna = opened.visitor("anna")
    assert give(anna).location == f"{OWN}?done=given"
    assert give(anna, kind="mayor", email="x@offenburg.example").status == 403
    doris = held(opened, "Doris")
    assert anna.send(f"{OWN}/mandates/{doris}/end").status == 403
    deputy = held(opened, "Alma Akelei")
    anna.open(OWN)
    assert anna.send(f"{OWN}/mandates/{deputy}/end").location == f"{OWN}?done=ended"
    kinds = [one.mandate.kind for one in opened.world.ask(read_held, 1, OFFENBURG)]
    assert kinds == [MandateKind.MAYOR, MandateKind.DEPUTY]


@pytest.mark.parametrize("address", ["anna@example.org", "clara@example.org", "gustav@example.org"])
def test_no_office_gives_a_mandate_to_itself_or_to_people_of_others(opened: Site, address: str) -> None:
    page = give(opened.visitor("anna"), email=address)
    assert page.status == 422
    assert "Bitte lassen Sie die Befugnis von der Koordination eintragen." in page.text
    assert len(opened.world.ask(read_held, 1, OFFENBURG)) == 1


def test_who_only_suggests_invites_nobody_who_edits(opened: Site) -> None:
    ben = opened.visitor("ben")
    page = ben.open(f"{OTHER}/invite")
    assert 'value="suggester"' in page.source
    assert 'value="editor"' not in page.source
    assert ben.send(f"{OTHER}/invite", **(COLLEAGUE | {"part": "editor"})).status == 403
    assert ben.send(f"{OTHER}/invite", **COLLEAGUE).status == 303
