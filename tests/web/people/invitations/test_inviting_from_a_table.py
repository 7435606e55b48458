"""The coordination pastes a table, mends it, sees a mail as it will arrive, sends; somebody accepts."""

from __future__ import annotations

import re

from server.domain.audit import Tag
from server.storage.people.participants import read_participants
from tests.web.site import HOME, Page, Site, Visitor

PEOPLE = f"{HOME}/people"
IMPORT = f"{PEOPLE}/import"
TABLE = """Name;E-Mail;Rolle;Kommune;Amt;Anrede
Alma Akelei;alma@achern.example;Oberbürgermeisterin;Achern;;Sehr geehrte Frau Oberbürgermeisterin,
Bruno Beifuß;bruno-appenweier.example;Bürgermeister;Appenweier;Bürgermeister;
Cora Distel;cora@zell.example;Referat;Zell a. H.;;
Dirk Efeu;alma@achern.example;Presse;;;
Edda Farn;edda@kehl.example;Beobachtung;;;
"""


def stamp(page: Page) -> str:
    return page.hidden_fields["stamp"]


def paste(clara: Visitor, table: str) -> Page:
    clara.open(IMPORT)
    assert clara.send(IMPORT, table=table).location == f"{IMPORT}/check"
    return clara.open(f"{IMPORT}/check")


def cells(page: Page) -> dict[str, str]:
    """What the fields of the form hold."""
    inputs = dict(re.findall(r'<input [^>]*?name="([\w-]+)" value="([^"]*)" maxlength', page.source))
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page.source))
    chosen = dict(
        re.findall(r'<select [^>]*?name="([\w-]+)".*?<option value="(\w+)" selected', page.source, re.S)
    )
    return {**hidden, **inputs, **chosen}


def newest_invitation(site: Site, address: str) -> tuple[str, str]:
    """Path of the link, and the code."""
    body = next(mail.body for mail in reversed(site.mails) if mail.recipient == address)
    link, code = re.search(r"/invitations/[\w-]+", body), re.search(r"\d{4} \d{4}", body)
    assert link
    assert code
    return link[0], code[0]


def test_a_table_becomes_people_and_one_of_them_accepts(site: Site) -> None:
    clara = site.visitor("clara")
    page = paste(clara, TABLE)
    assert page.heading == "3 Zeilen brauchen Ihre Korrektur"
    assert "In der E-Mail-Adresse fehlt das @-Zeichen." in page.text
    assert "Gemeint ist vermutlich Zell am Harmersbach." in page.text
    assert "Diese Adresse steht schon in Zeile 2, mit einer anderen Rolle." in page.text
    assert not [mail for mail in site.mails if "Einladung" in mail.subject]

    filled = cells(page) | {"email-3": "bruno@appenweier.example", "out-5": "1"}
    clara.send(f"{IMPORT}/check", **(filled | {"do": "mend"}))
    page = clara.open(f"{IMPORT}/check")
    assert page.heading == "4 Zeilen sind in Ordnung"
    assert page.main_buttons == ["4 Zeilen übernehmen"]
    assert clara.send(f"{IMPORT}/confirm", stamp=stamp(page)).location == f"{PEOPLE}/send"

    page = clara.open(f"{PEOPLE}/send")
    assert "Sehr geehrte Frau Oberbürgermeisterin," in page.text
    assert page.main_buttons == ["4 Einladungen senden"]
    assert not [mail for mail in site.mails if "Einladung" in mail.subject]
    assert clara.send(f"{PEOPLE}/send").location == f"{PEOPLE}?sent=4"
    assert "4 Einladungen sind unterwegs." in clara.open(f"{PEOPLE}?sent=4").text

    link, code = newest_invitation(site, "alma@achern.example")
    alma = site.visitor()
    assert "geöffnet" not in clara.open(f"{PEOPLE}?q=alma").text
    alma.open(link)
    assert "geöffnet" not in clara.open(f"{PEOPLE}?q=alma").text
    assert "Annehmen" not in alma.send(link).text
    assert "geöffnet" in clara.open(f"{PEOPLE}?q=alma").text
    assert alma.send(f"{link}/accept", code=code).location == HOME
    assert alma.open(HOME).status == 200
    assert "angenommen" in clara.open(f"{PEOPLE}?q=alma").text


def test_one_import_is_one_entry_with_its_parts(site: Site) -> None:
    clara = site.visitor("clara")
    page = paste(
        clara, "Edda Farn\tedda@kehl.example\tReferat\tKehl\nFalk Ginster\tfalk@presse.example\tPresse"
    )
    clara.send(f"{IMPORT}/confirm", stamp=stamp(page))
    added = [tag for tag in site.world.tags if tag in (Tag.PEOPLE_IMPORT, Tag.PERSON_INVITE)]
    assert added[-3:] == [Tag.PERSON_INVITE, Tag.PERSON_INVITE, Tag.PEOPLE_IMPORT]


def test_while_a_row_is_faulty_nothing_is_imported(site: Site) -> None:
    clara = site.visitor("clara")
    before = len(site.world.ask(read_participants, 1, site.world.time))
    page = paste(clara, TABLE)
    refused = clara.send(f"{IMPORT}/confirm", stamp=stamp(page))
    assert refused.status == 422
    assert "3 Zeilen müssen noch korrigiert werden" in refused.text
    assert len(site.world.ask(read_participants, 1, site.world.time)) == before


def test_what_is_imported_is_what_was_looked_at(site: Site) -> None:
    """In another window the table was replaced meanwhile."""
    clara = site.visitor("clara")
    seen = stamp(paste(clara, "Edda Farn;edda@kehl.example;Presse"))
    paste(clara, "Falk Ginster;falk@kehl.example;Presse")
    assert clara.send(f"{IMPORT}/confirm", stamp=seen).status == 409


def test_only_the_coordination_opens_these_pages(site: Site) -> None:
    for page in (PEOPLE, IMPORT, f"{IMPORT}/check", f"{PEOPLE}/send", f"{PEOPLE}/invite"):
        found = site.statuses(page, "anna ben doris emil frank nobody")
        assert found == {"anna": 403, "ben": 403, "doris": 403, "emil": 403, "frank": 404, "nobody": 303}, (
            page
        )
