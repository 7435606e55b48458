"""The coordination sees what became of the mails, and notes the ones that came back."""

from __future__ import annotations

from server.actions.notices.delivery import deliver_waiting
from server.actions.notices.returned import note_bounce
from server.mail.bounces import Bounce
from server.storage.notices import mails
from tests.web.site import HOME, Site

PATH = f"{HOME}/mails"


def test_only_the_coordination_sees_them(site: Site) -> None:
    assert site.statuses(PATH, "clara anna doris emil frank nobody") == {
        "clara": 200,
        "anna": 403,
        "doris": 403,
        "emil": 403,
        "frank": 404,
        "nobody": 303,
    }


def test_each_mail_has_its_state_and_one_that_came_back_stands_first(site: Site) -> None:
    site.world.freeze()
    clara = site.visitor("clara")
    assert "unterwegs" in clara.open(PATH).text
    site.world.run(deliver_waiting(site.world.services))
    page = clara.open(PATH)
    assert page.heading == "Alle E-Mails sind versandt oder unterwegs"
    mail = page.hidden_fields["mail"]
    done = clara.send(PATH, mail=mail)
    page = clara.open(done.location)
    assert page.heading == "1 E-Mail ist nicht angekommen"
    assert "als unzustellbar vermerkt" in page.text
    assert site.world.tags[-1] == "declaration:mail:return"
    clara.open(PATH)
    assert clara.send(PATH, mail=mail).status == 404


def test_what_a_mail_server_sends_back_is_noted_by_itself(site: Site) -> None:
    site.world.freeze()
    waiting = site.world.read(mails.list_waiting, 100)
    site.world.run(deliver_waiting(site.world.services))
    site.world.run(note_bounce(site.world.services, Bounce(waiting[0].key, "5.1.1")))
    page = site.visitor("clara").open(PATH)
    assert "kam zurück 5.1.1" in page.text
    assert waiting[0].recipient in page.text


def test_without_a_deadline_there_is_no_calendar_file(site: Site) -> None:
    assert site.visitor("doris").open(f"{HOME}/deadline.ics").status == 404
