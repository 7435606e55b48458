"""Which messages somebody gets: chosen signed in, by the link in a mail, or stopped with one press."""

from __future__ import annotations

import httpx
import pytest

from server.actions.notices import choosing
from server.domain.notices.kinds import NoticeKind, Pace, Stop
from tests.web.site import Site

PATH = "/account/notices"
USUAL = {kind.value: kind.facts.usual.value for kind in NoticeKind if not kind.facts.always_comes}


def pace(site: Site, name: str, kind: NoticeKind) -> Pace:
    world = site.world
    return world.run(choosing.load_choices(world.services, world.person(name))).paces[kind]


def link(site: Site, name: str, what: Stop = Stop.DIGEST) -> str:
    token = choosing.make_token(site.world.services, site.world.person(name).id, what)
    return f"/notices/{token}"


def test_who_is_signed_in_chooses(site: Site) -> None:
    clara = site.visitor("clara")
    page = clara.open(PATH)
    assert page.heading == "Welche Nachrichten Sie per E‑Mail erhalten"
    assert page.main_buttons == ["Auswahl speichern"]
    assert "Eine Fassung liegt Ihnen zur Mitzeichnung vor" in page.text
    assert 'name="asked_to_sign"' not in page.source
    answer = clara.send(PATH, **{**USUAL, "answered": "at_once"})
    assert answer.location == f"{PATH}?saved=1"
    assert "Ihre Auswahl ist gespeichert" in clara.open(answer.location).text
    assert pace(site, "clara", NoticeKind.ANSWERED) is Pace.AT_ONCE
    assert pace(site, "anna", NoticeKind.ANSWERED) is Pace.DAILY


def test_nobody_else_sees_the_page(site: Site) -> None:
    assert site.statuses(PATH, "clara doris frank nobody") == {
        "clara": 200,
        "doris": 200,
        "frank": 200,
        "nobody": 303,
    }


@pytest.mark.parametrize("wrong", [{"answered": "hourly"}, {"deadline": "daily"}, {"sealed": ""}])
def test_what_a_kind_does_not_offer_is_refused_and_nothing_changes(site: Site, wrong: dict[str, str]) -> None:
    clara = site.visitor("clara")
    clara.open(PATH)
    assert clara.send(PATH, **{**USUAL, "mention": "none", **wrong}).status == 422
    assert pace(site, "clara", NoticeKind.MENTION) is Pace.AT_ONCE


def test_the_link_in_a_mail_opens_the_same_page_without_signing_in(site: Site) -> None:
    visitor, path = site.visitor(), link(site, "doris")
    page = visitor.open(path)
    assert "Für Doris, doris@example.org." in page.text
    answer = visitor.send(path, **{**USUAL, "sealed": "none"})
    assert answer.location == f"{path}?saved=1"
    assert pace(site, "doris", NoticeKind.SEALED) is Pace.NONE


def test_looking_changes_nothing(site: Site) -> None:
    path = link(site, "doris", Stop.REMINDERS)
    visitor = site.visitor()
    visitor.open(path)
    assert visitor.open(f"{path}/stop").location == path
    assert pace(site, "doris", NoticeKind.REMINDER) is Pace.AT_ONCE


def press(site: Site, path: str, **headers: str) -> int:
    """As a mail program does: no cookie, no form's token, no origin."""

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(site.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=site.world.settings.base_url) as client:
            return await client.post(path, data={"List-Unsubscribe": "One-Click"}, headers=headers)

    return site.world.run(run()).status_code


def test_one_press_in_the_mail_program_stops_reminders_and_nothing_else(site: Site) -> None:
    assert press(site, f"{link(site, 'doris', Stop.REMINDERS)}/stop") == 204
    assert pace(site, "doris", NoticeKind.REMINDER) is Pace.NONE
    assert pace(site, "doris", NoticeKind.DEADLINE) is Pace.NONE
    assert pace(site, "doris", NoticeKind.SEALED) is Pace.AT_ONCE
    assert pace(site, "gustav", NoticeKind.REMINDER) is Pace.AT_ONCE


def test_a_tampered_link_opens_nothing(site: Site) -> None:
    path = link(site, "doris")
    person, what, signature = path.removeprefix("/notices/").split(".")
    other = site.world.person("clara").id
    for token in (
        f"{other}.{what}.{signature}",
        f"{person}.reminders.{signature}",
        f"{person}.{what}.{signature[:-2]}AA",
        f"{person}.{what}.",
        "x",
        "ä.ö.ü",
    ):
        assert site.visitor().open(f"/notices/{token}").status == 404, token
        assert press(site, f"/notices/{token}/stop") == 404


def test_another_site_cannot_press(site: Site) -> None:
    path = f"{link(site, 'doris', Stop.REMINDERS)}/stop"
    assert press(site, path, Origin="https://evil.example") == 403
    assert pace(site, "doris", NoticeKind.REMINDER) is Pace.AT_ONCE
