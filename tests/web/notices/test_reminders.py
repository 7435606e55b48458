"""The coordination reminds who has not answered: looks first, then sends what the button said."""

from __future__ import annotations

from server.actions.notices import choosing
from server.domain.notices.kinds import NoticeKind, Pace
from tests.web.site import HOME, Page, Site, Visitor

PATH = f"{HOME}/reminders"
TEXT = "wir warten auf Sie.\n\n<b>Bitte</b> antworten Sie."


def clara(site: Site) -> Visitor:
    site.world.freeze()
    visitor = site.visitor("clara")
    visitor.open(PATH)
    return visitor


def look(visitor: Visitor, audience: str = "no_answer", **more: str) -> Page:
    return visitor.send(PATH, audience=audience, text=TEXT, **more)


def send(visitor: Visitor, expected: int, audience: str = "no_answer", **more: str) -> Page:
    return visitor.send(f"{PATH}/send", audience=audience, text=TEXT, expected=str(expected), **more)


def reminded(site: Site) -> list[str]:
    return [mail.recipient for mail in site.mails if mail.subject.startswith("Erinnerung")]


def test_only_the_coordination_reminds_and_only_while_it_is_signed(site: Site) -> None:
    assert site.visitor("clara").open(PATH).status == 409
    site.world.freeze()
    assert site.statuses(PATH, "clara anna doris emil frank nobody") == {
        "clara": 200,
        "anna": 403,
        "doris": 403,
        "emil": 403,
        "frank": 404,
        "nobody": 303,
    }


def test_looking_shows_whom_it_reaches_and_sends_nothing(site: Site) -> None:
    page = look(clara(site))
    assert page.main_buttons == ["2 Personen erinnern"]
    assert "Doris, doris@example.org" in page.text
    assert "<b>Bitte</b> antworten Sie." in page.text
    assert reminded(site) == []


def test_sending_does_what_the_button_says_and_is_on_record(site: Site) -> None:
    visitor = clara(site)
    answer = send(visitor, 2)
    assert answer.location == f"{PATH}?sent=2"
    page = visitor.open(answer.location)
    assert "2 Erinnerungen sind unterwegs." in page.text
    assert "Clara: 2 Personen" in page.text
    assert sorted(reminded(site)) == ["doris@example.org", "gustav@example.org"]
    assert site.world.tags[-1] == "declaration:reminder:send"
    letter = next(mail for mail in site.mails if mail.subject.startswith("Erinnerung"))
    assert "wir warten auf Sie.\n\n<b>Bitte</b> antworten Sie." in letter.body
    asked = {mail.mail.key for mail in site.mails if mail.subject.startswith("Mitzeichnung")}
    assert letter.mail.reply_to in asked
    assert letter.mail.unsubscribe


def test_who_answers_in_between_is_not_reminded_and_the_page_says_so(site: Site) -> None:
    visitor = clara(site)
    look(visitor)
    site.world.sign_with_passkey("doris")
    page = send(visitor, 2)
    assert "Es wurde nichts gesendet" in page.text
    assert page.main_buttons == ["1 Person erinnern"]
    assert reminded(site) == []
    send(visitor, 1)
    assert reminded(site) == ["gustav@example.org"]


def test_nobody_is_reminded_twice_a_day_without_a_confirmation(site: Site) -> None:
    visitor = clara(site)
    send(visitor, 2)
    site.world.wait(hours=11)
    page = look(visitor)
    assert "2 Personen wurden in den letzten 24 Stunden erinnert" in page.text
    send(visitor, 2)
    assert len(reminded(site)) == 2
    send(visitor, 2, again="yes")
    assert len(reminded(site)) == 4


def test_one_municipality_or_who_has_never_signed_in(site: Site) -> None:
    visitor = clara(site)
    site.sign_in("doris")
    assert "1 Person erinnern" in look(visitor, "never_signed_in").main_buttons
    send(visitor, 1, "08317096")
    assert reminded(site) == ["doris@example.org"]


def test_who_does_not_want_reminders_is_named_and_left_in_peace(site: Site) -> None:
    world = site.world
    paces = {NoticeKind.REMINDER: Pace.NONE}
    world.run(choosing.choose(world.services, world.person("doris"), paces))
    page = look(clara(site))
    assert "1 Person möchte keine Erinnerungen." in page.text
    assert page.main_buttons == ["1 Person erinnern"]


def test_an_empty_or_too_long_text_and_an_unknown_audience_are_refused(site: Site) -> None:
    visitor = clara(site)
    for fields in (
        {"audience": "no_answer", "text": " "},
        {"audience": "no_answer", "text": "x" * 2001},
        {"audience": "everybody", "text": "x"},
    ):
        assert visitor.send(PATH, **fields).status == 422
        assert visitor.send(f"{PATH}/send", expected="2", **fields).status == 422
    assert reminded(site) == []
