"""A person's own account: passkeys with names, sessions with devices."""

from __future__ import annotations

import re

import pytest

from server.domain.audit import Tag
from server.storage.people import passkeys
from server.storage.record import audit
from server.web.people import login
from server.web.people.account.devices import read_device
from tests.signing.authenticator import ES256, Authenticator
from tests.web.people.test_login import ask_for_link, link_in_mail
from tests.web.site import HOME, Page, Site, Visitor
from tests.world import challenge_of

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
    "Safari/537.36 Edg/142.0.0.0"
)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "ANSWER_AFTER", 0.0)


def tags(site: Site) -> list[Tag]:
    return [event.tag for event in site.world.read(audit.list_events, "")]


def signed_in_with(site: Site, name: str, agent: str) -> Visitor:
    visitor = site.visitor()
    visitor._client.headers["User-Agent"] = agent
    ask_for_link(site, visitor, f"{name}@example.org")
    visitor.open(link_in_mail(site))
    visitor.send(link_in_mail(site))
    return visitor


def add_passkey(site: Site, visitor: Visitor, name: str) -> Authenticator:
    services = site.world.services
    begun = visitor.post_json("/passkeys/begin").data
    device = Authenticator(services.relying_party.id, services.base_url, ES256)
    response = device.create(challenge_of(begun["options"]))
    done = visitor.post_json(
        "/passkeys/finish", challenge_id=begun["challenge_id"], response=response, name=name
    )
    assert done.status == 200
    return device


def enter(site: Site, visitor: Visitor, device: Authenticator, **fields: object) -> Page:
    begun = visitor.post_json("/login/passkey/begin").data
    return visitor.post_json(
        "/login/passkey/finish",
        challenge_id=begun["challenge_id"],
        response=device.get(challenge_of(begun["options"])),
        **fields,
    )


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "Firefox/Windows"),
        (IPHONE, "Safari/iPhone"),
        (EDGE, "Edge/Windows"),
        ("curl/8", "/"),
        ("", "/"),
        ("<script>Firefox/1" + "x" * 5000, "Firefox/"),
    ],
)
def test_little_is_kept_of_what_a_browser_says(agent: str, device: str) -> None:
    assert read_device(agent) == device


def test_the_page_is_the_person_s_own(site: Site) -> None:
    assert site.visitor().open("/account").location == "/login?next=%2Faccount"
    page = site.visitor("anna").open("/account")
    assert (page.status, page.heading) == (200, "Mein Konto")
    assert "anna@example.org" in page.text


def test_sessions_are_named_by_device(site: Site) -> None:
    desk = signed_in_with(site, "anna", FIREFOX)
    signed_in_with(site, "anna", IPHONE)
    text = desk.open("/account").text
    assert "Firefox unter Windows" in text
    assert "Safari unter iPhone" in text
    assert "dieses Gerät" in text


def test_one_session_is_ended_from_another_device(site: Site) -> None:
    desk, phone = signed_in_with(site, "anna", FIREFOX), signed_in_with(site, "anna", IPHONE)
    page = desk.open("/account")
    [address] = re.findall(r'action="(/account/sessions/\w{16}/end)"', page.source)
    assert desk.send(address).location == "/account?done=ended"
    assert phone.open(HOME).status == 303
    assert desk.open("/account?done=ended").text.count("Die Sitzung ist beendet.") == 1
    assert tags(site)[-1] is Tag.SESSION_END


def test_all_other_sessions_end_and_nobody_else_s(site: Site) -> None:
    desk, phone = signed_in_with(site, "anna", FIREFOX), signed_in_with(site, "anna", IPHONE)
    clara = site.visitor("clara")
    desk.open("/account")
    assert desk.send("/account/sessions/end-others").status == 303
    assert phone.open(HOME).status == 303
    assert desk.open(HOME).status == clara.open(HOME).status == 200


def test_somebody_else_s_session_is_not_found(site: Site) -> None:
    clara, anna = site.visitor("clara"), site.visitor("anna")
    page = signed_in_with(site, "clara", FIREFOX).open("/account")
    [address] = re.findall(r'action="(/account/sessions/\w{16}/end)"', page.source)
    anna.open("/account")
    assert anna.send(address).status == 404
    assert clara.open(HOME).status == 200


def test_a_passkey_has_a_name_and_shows_its_use(site: Site) -> None:
    anna = site.visitor("anna")
    anna.open("/account")
    device = add_passkey(site, anna, "Diensthandy")
    text = anna.open("/account").text
    assert "Diensthandy" in text
    assert "noch nicht" in text
    assert enter(site, anna, device).status == 200
    assert "noch nicht" not in anna.open("/account").text


def test_a_passkey_is_renamed_and_a_bad_name_kept_in_the_form(site: Site) -> None:
    anna = site.visitor("anna")
    anna.open("/account")
    add_passkey(site, anna, "")
    [passkey] = site.world.read(passkeys.list_for, site.world.person("anna").id)
    assert anna.send(f"/account/passkeys/{passkey.id}", name="Schlüssel <1>").status == 303
    assert "Schlüssel <1>" in anna.open("/account").text
    page = anna.send(f"/account/passkeys/{passkey.id}", name="x" * 61)
    assert (page.status, "x" * 61 in page.source) == (422, True)
    assert anna.send(f"/account/passkeys/{passkey.id}", name=" ").status == 422


def test_the_last_passkey_is_not_removed_without_a_warning(site: Site) -> None:
    anna = site.visitor("anna")
    anna.open("/account")
    device = add_passkey(site, anna, "eins")
    add_passkey(site, anna, "zwei")
    first, second = site.world.read(passkeys.list_for, site.world.person("anna").id)
    assert "Ihr letzter Passkey" not in anna.open(f"/account/passkeys/{second.id}/remove").text
    assert anna.send(f"/account/passkeys/{second.id}/remove").location == "/account?done=removed"
    assert "Ihr letzter Passkey" in anna.open(f"/account/passkeys/{first.id}/remove").text
    anna.send(f"/account/passkeys/{first.id}/remove")
    assert site.mails[-1].subject == "Ein Passkey Ihres Kontos bei Kraftakt wurde entfernt"
    assert tags(site)[-1] is Tag.PASSKEY_REMOVE
    assert enter(site, anna, device).data["error"]["code"] == "invalid_passkey"


def test_removing_a_passkey_needs_a_fresh_proof(site: Site) -> None:
    anna = site.visitor("anna")
    anna.open("/account")
    add_passkey(site, anna, "eins")
    [passkey] = site.world.read(passkeys.list_for, site.world.person("anna").id)
    site.world.wait(minutes=11)
    assert anna.open(f"/account/passkeys/{passkey.id}/remove").location.startswith("/account/confirm")
    assert anna.send(f"/account/passkeys/{passkey.id}/remove").status == 403
    assert len(site.world.read(passkeys.list_for, site.world.person("anna").id)) == 1


@pytest.mark.parametrize("number", ["1", "99999", "99999999999999999999"])
def test_somebody_else_s_passkey_is_not_found(site: Site, number: str) -> None:
    site.world.authenticator("doris")
    anna = site.visitor("anna")
    anna.open("/account")
    assert anna.send(f"/account/passkeys/{number}", name="meiner").status == 404
    assert anna.open(f"/account/passkeys/{number}/remove").status == 404
    assert anna.send(f"/account/passkeys/{number}/remove").status == 404
    assert anna.send(f"/account/identities/{number}/remove").status == 404


def test_a_passkey_alone_signs_in(site: Site) -> None:
    device = site.world.authenticator("doris")
    browser = site.visitor()
    assert "Mit einem Passkey anmelden" in browser.open(f"/login?next={HOME}/sign").text
    done = enter(site, browser, device, next=f"{HOME}/sign")
    assert (done.status, done.data) == (200, {"location": f"{HOME}/sign"})
    assert browser.open(HOME).status == 200
    assert tags(site)[-1] is Tag.PASSKEY_USE


def test_an_answer_signs_in_once(site: Site) -> None:
    device, browser = site.world.authenticator("doris"), site.visitor()
    browser.open("/login")
    begun = browser.post_json("/login/passkey/begin").data
    answer = {
        "challenge_id": begun["challenge_id"],
        "response": device.get(challenge_of(begun["options"])),
    }
    first = site.visitor()
    first._client.cookies.update(browser._client.cookies)
    first.take_token(browser)
    assert browser.post_json("/login/passkey/finish", **answer).status == 200
    assert first.post_json("/login/passkey/finish", **answer).status == 422
    assert tags(site)[-1] is Tag.PASSKEY_REFUSE


def test_a_challenge_belongs_to_its_browser_and_ends(site: Site) -> None:
    device, browser, other = site.world.authenticator("doris"), site.visitor(), site.visitor()
    browser.open("/login")
    other.open("/login")
    begun = browser.post_json("/login/passkey/begin").data
    response = device.get(challenge_of(begun["options"]))
    answer = {"challenge_id": begun["challenge_id"], "response": response}
    assert other.post_json("/login/passkey/finish", **answer).status == 422
    site.world.wait(minutes=61)
    assert browser.post_json("/login/passkey/finish", **answer).status == 422


@pytest.mark.parametrize("challenge", ["", "x", "A" * 75, "A" * 76, "ä", "A" * 101])
def test_a_challenge_of_one_s_own_is_refused(site: Site, challenge: str) -> None:
    device, browser = site.world.authenticator("doris"), site.visitor()
    browser.open("/login")
    response = device.get(b"x" * 32)
    refused = browser.post_json("/login/passkey/finish", challenge_id=challenge, response=response)
    assert refused.status == 422


def test_an_unknown_passkey_signs_nobody_in(site: Site) -> None:
    services, browser = site.world.services, site.visitor()
    browser.open("/login")
    stranger = Authenticator(services.relying_party.id, services.base_url, ES256)
    assert enter(site, browser, stranger).status == 422
