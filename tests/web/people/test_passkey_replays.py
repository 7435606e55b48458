"""What an authenticator answered counts once, for what it was asked and from whom, on our own page."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.signing.authenticator import ES256, USER_PRESENT, Authenticator
from tests.web.site import HOME, Page, Site, Visitor, answered
from tests.world import challenge_of

SIGN = f"{HOME}/sign"


@dataclass(frozen=True)
class Ceremony:
    """Two requests; `page` is open when they are sent, `asks` what the first one sends."""

    begin: str
    finish: str
    page: str
    is_registration: bool = False

    def asked(self, visitor: Visitor) -> Any:
        page = visitor.open(self.page)
        fields = answered(page.hidden_fields) if self.page == SIGN else {}
        return visitor.post_json(self.begin, **fields).data

    def answer(self, device: Authenticator, asked: Any) -> Any:
        make = device.create if self.is_registration else device.get
        return make(challenge_of(asked["options"]))

    def send(self, visitor: Visitor, asked: Any, response: Any) -> Page:
        return visitor.post_json(self.finish, challenge_id=asked["challenge_id"], response=response)


CEREMONIES = {
    "sign in": Ceremony("/login/passkey/begin", "/login/passkey/finish", "/login"),
    "confirm": Ceremony("/account/confirm/passkey/begin", "/account/confirm/passkey/finish", "/account"),
    "sign": Ceremony(f"{SIGN}/passkey/begin", f"{SIGN}/passkey/finish", SIGN),
    "add": Ceremony("/passkeys/begin", "/passkeys/finish", "/account", is_registration=True),
}
MISBEHAVIOUR: dict[str, dict[str, Any]] = {
    "another web site": {"origin": "https://kraftakt.example.evil"},
    "another service": {"rp_id": "evil.example"},
    "nobody verified": {"flags": USER_PRESENT},
    "inside a frame": {"cross_origin": True},
}


class Doris:
    """With her passkey, and how each ceremony is begun anew."""

    def __init__(self, site: Site) -> None:
        site.world.freeze()
        self.site = site
        self.device = site.world.authenticator("doris")
        self.stranger = site.world.authenticator("gustav")

    def visitor(self, name: str) -> Visitor:
        return self.site.visitor("" if name == "sign in" else "doris")

    def a_device(self, ceremony: Ceremony) -> Authenticator:
        if not ceremony.is_registration:
            return self.device
        services = self.site.world.services
        return Authenticator(services.relying_party.id, services.base_url, ES256)


def is_refused(page: Page) -> bool:
    """409: whoever signs twice has answered already, with whatever they bring."""
    return page.status == 409 or (page.status, page.data["error"]["code"]) == (422, "invalid_passkey")


def let_in(site: Site, attack: Callable[[Doris, str, Ceremony], list[Page]]) -> dict[str, list[int]]:
    """Ceremonies in which something of an attack was not refused, and what it was answered."""
    doris = Doris(site)
    pages = {name: attack(doris, name, ceremony) for name, ceremony in CEREMONIES.items()}
    assert all(pages.values())
    taken = {name: tried for name, tried in pages.items() if not all(map(is_refused, tried))}
    return {name: [page.status for page in tried] for name, tried in taken.items()}


def test_an_answer_counts_once(site: Site) -> None:
    def attack(doris: Doris, name: str, ceremony: Ceremony) -> list[Page]:
        visitor = doris.visitor(name)
        asked = ceremony.asked(visitor)
        response = ceremony.answer(doris.a_device(ceremony), asked)
        assert ceremony.send(visitor, asked, response).status == 200, name
        other = doris.visitor(name)
        other.open("/login" if name == "sign in" else "/account")
        return [ceremony.send(other, asked, response)]

    assert let_in(site, attack) == {}
    assert len(site.world.answers) == 1


def test_an_answer_from_another_page_service_or_device_is_refused(site: Site) -> None:
    def attack(doris: Doris, name: str, ceremony: Ceremony) -> list[Page]:
        pages = []
        for wrong in MISBEHAVIOUR.values():
            device = copy.copy(doris.a_device(ceremony))
            for field, value in wrong.items():
                setattr(device, field, value)
            visitor = doris.visitor(name)
            asked = ceremony.asked(visitor)
            pages.append(ceremony.send(visitor, asked, ceremony.answer(device, asked)))
        return pages

    assert let_in(site, attack) == {}


def test_an_answer_of_somebody_else_or_of_a_copied_device_is_refused(site: Site) -> None:
    def attack(doris: Doris, name: str, ceremony: Ceremony) -> list[Page]:
        copied, forged = copy.copy(doris.device), copy.copy(doris.stranger)
        copied.sign_count, forged.credential_id = -1, doris.device.credential_id
        doris.device.sign_count = max(doris.device.sign_count, 5)
        entering = CEREMONIES["sign in"]  # by which the service has heard of a higher count
        asked = entering.asked(visitor := doris.site.visitor())
        assert entering.send(visitor, asked, entering.answer(doris.device, asked)).status == 200
        pages = []
        others = [copied, forged, doris.stranger]
        if ceremony is entering:
            others.remove(doris.stranger)  # where nobody is named beforehand, Gustav's signs Gustav in
        for device in [doris.device] if ceremony.is_registration else others:
            visitor = doris.visitor(name)
            asked = ceremony.asked(visitor)
            pages.append(ceremony.send(visitor, asked, ceremony.answer(device, asked)))
        return pages

    assert let_in(site, attack) == {}
    assert site.world.answers == []


def test_a_question_is_answered_by_whom_it_was_put_to_for_what_it_was_put_and_in_time(site: Site) -> None:
    def attack(doris: Doris, name: str, ceremony: Ceremony) -> list[Page]:
        visitor = doris.visitor(name)
        asked = ceremony.asked(visitor)
        response = ceremony.answer(doris.a_device(ceremony), asked)
        pages = []
        for other_name, other in CEREMONIES.items():
            if other_name != name:
                elsewhere = doris.visitor(other_name)
                elsewhere.open(other.page)
                pages.append(other.send(elsewhere, asked, response))
        if name in ("confirm", "add"):
            gustav = doris.site.visitor("gustav")
            gustav.open("/account")
            pages.append(ceremony.send(gustav, asked, response))
        doris.site.world.wait(minutes=11)
        late = doris.visitor(name)
        late.open(ceremony.page)
        return [*pages, ceremony.send(late, asked, response)]

    assert let_in(site, attack) == {}
    assert site.world.answers == []
