"""Who may sign for a municipality: entered, changed and ended on its page; and the next act after the end."""

from __future__ import annotations

import pytest

from server.domain.people.mandates import MandateKind
from server.storage.people.mandates import read_held
from tests.web.site import HOME, Page, Site, Visitor, answered
from tests.world import LAHR, OFFENBURG

TOWN = f"{HOME}/municipalities/{OFFENBURG}"
DEPUTY = {
    "name": "Alma Akelei",
    "email": "alma@offenburg.example",
    "kind": "deputy",
    "title": "Erste Beigeordnete",
    "first": "2026-06-15",
    "last": "2026-06-21",
    "reason": "Urlaub",
    "rank": "1",
}


def give(visitor: Visitor, town: str = TOWN, **other: str) -> Page:
    visitor.open(f"{town}/mandates")
    return visitor.send(f"{town}/mandates", **(DEPUTY | other))


def held(site: Site, name: str, ags: str = OFFENBURG) -> int:
    """The id of that person's newest mandate."""
    return max(one.mandate.id for one in site.world.ask(read_held, 1, ags) if one.name == name)


def test_a_deputy_is_entered_for_a_week_and_invited(site: Site) -> None:
    clara = site.visitor("clara")
    assert give(clara).location == f"{TOWN}?done=given"
    page = clara.open(f"{TOWN}?done=given")
    assert "15. Juni 2026 bis 21. Juni 2026" in page.text
    assert "Urlaub" in page.text
    assert site.mails[-1].recipient == "alma@offenburg.example"
    assert site.world.tags[-1] == "declaration:mandate:give"
    (deputy,) = [one.mandate for one in site.world.ask(read_held, 1, OFFENBURG) if one.name == "Alma Akelei"]
    assert deputy.since.isoformat() == "2026-06-14T22:00:00+00:00"
    assert deputy.until is not None
    assert deputy.until.isoformat() == "2026-06-21T22:00:00+00:00"


def test_who_takes_part_already_gets_the_mandate_beside_it_and_hears_of_it(site: Site) -> None:
    assert give(site.visitor("clara"), name="Anna", email="anna@example.org").status == 303
    assert "Sie können für Offenburg zeichnen" in site.mails[-1].subject
    assert "vom 15. Juni 2026 bis 21. Juni 2026" in site.mails[-1].body
    anna = site.visitor("anna")
    assert anna.open(f"{HOME}/edit").status == 200
    site.world.freeze()
    assert "Offenburg" in anna.open(f"{HOME}/sign").text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last": "2026-06-14"}, "Der letzte Tag liegt vor dem ersten."),
        ({"first": "2026-06-01", "last": "2026-06-02"}, "Der letzte Tag ist schon vorbei"),
        ({"first": "morgen"}, "Bitte geben Sie einen Tag ein."),
        ({"title": ""}, "Die Amtsbezeichnung fehlt."),
        ({"email": "alma-offenburg.example"}, "In der E-Mail-Adresse fehlt das @-Zeichen."),
        ({"rank": "12"}, "Bitte wählen Sie einen Rang von 1 bis 9."),
        ({"kind": "mayor"}, "In dieser Zeit hat Doris (Oberbürgermeisterin) das Amt inne."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    site: Site, wrong: dict[str, str], sentence: str
) -> None:
    page = give(site.visitor("clara"), **wrong)
    assert page.status == 422
    assert sentence in page.text
    assert 'value="Alma Akelei"' in page.source
    assert [one.name for one in site.world.ask(read_held, 1, OFFENBURG)] == ["Doris"]


def test_a_vacant_office_is_said_and_an_amtsverweser_fills_it(site: Site) -> None:
    clara = site.visitor("clara")
    doris = held(site, "Doris")
    site.world.wait(hours=1)
    clara.open(f"{TOWN}/mandates/{doris}/end")
    assert clara.send(f"{TOWN}/mandates/{doris}/end", reason="Ruhestand").location == f"{TOWN}?done=ended"
    page = clara.open(TOWN)
    assert "Das Amt ist unbesetzt" in page.text
    assert "beendet" in page.text
    assert give(clara, kind="mayor", title="Amtsverweserin", first="2026-06-17").status == 303
    assert "Das Amt ist unbesetzt" not in clara.open(TOWN).text


def test_a_mandate_is_changed_and_what_has_ended_stays_as_it_was(site: Site) -> None:
    clara = site.visitor("clara")
    give(clara)
    path = f"{TOWN}/mandates/{held(site, 'Alma Akelei')}"
    assert 'value="2026-06-21"' in clara.open(path).source
    changed = DEPUTY | {"last": "2026-06-30", "rank": "2"}
    assert clara.send(path, **changed).location == f"{TOWN}?done=changed"
    assert "Rang 2" in clara.open(TOWN).text
    assert "30. Juni 2026" in clara.open(TOWN).text
    clara.send(f"{path}/end")
    assert clara.send(path, **changed).status == 409
    assert clara.open(path).heading == "Diese Befugnis hat geendet"
    assert site.world.tags[-2:] == ["declaration:mandate:change", "declaration:mandate:end"]


def test_only_the_coordination_enters_mandates_and_nobody_across_municipalities(site: Site) -> None:
    doris = held(site, "Doris")
    for path in (f"{TOWN}/mandates", f"{TOWN}/mandates/{doris}", f"{TOWN}/mandates/{doris}/end"):
        expected = {"anna": 403, "ben": 404, "doris": 403, "gustav": 404, "emil": 403, "frank": 404}
        assert site.statuses(path, " ".join(expected)) == expected
    lahr = f"{HOME}/municipalities/{LAHR}"
    assert site.visitor("clara").open(f"{lahr}/mandates/{doris}").status == 404
    assert site.visitor("clara").open(f"{HOME}/municipalities/99999999").status == 404


def test_when_a_mandate_ends_the_open_page_cannot_sign_any_more(site: Site) -> None:
    world = site.world
    world.freeze()
    doris, clara = site.visitor("doris"), site.visitor("clara")
    fields = answered(doris.open(f"{HOME}/sign").hidden_fields)
    challenge = doris.send(f"{HOME}/sign/code", **fields)
    code = site.newest_code("doris")
    mandate = held(site, "Doris")
    clara.open(TOWN)
    clara.send(f"{TOWN}/mandates/{mandate}/end")

    sentence = "Ihre Befugnis, für eine Kommune zu zeichnen, hat geendet oder noch nicht begonnen."
    refused = [
        doris.open(f"{HOME}/sign"),
        doris.send(f"{HOME}/sign/code", **fields),
        doris.send(challenge.location, code=code),
        doris.post_json(f"{HOME}/sign/passkey/begin", **fields),
        doris.send(f"{HOME}/sign/withdraw", mandate=str(mandate), sign_off="1"),
    ]
    assert [page.status for page in refused] == [403] * 5
    for page in refused:
        assert sentence in (page.source if page.source.startswith("{") else page.text)
    assert world.answers == []


def test_a_deputy_signs_for_a_vacant_office_without_naming_anybody(site: Site) -> None:
    world = site.world
    clara = site.visitor("clara")
    give(clara, name="Anna", email="anna@example.org", rank="1")
    world.freeze()
    given = world.confirm("anna", *world.send_code("anna"))
    assert given.statement.represents == "Doris"
    world.reopen()
    clara.open(TOWN)
    clara.send(f"{TOWN}/mandates/{held(site, 'Doris')}/end")
    world.write("Neu: ")
    world.freeze()
    given = world.confirm("anna", *world.send_code("anna"))
    assert given.statement.represents == ""
    assert given.statement.capacity is MandateKind.DEPUTY
    assert given.statement.title == "Erste Beigeordnete"
