"""Setting up a passkey and signing with it: JSON around what the device answers."""

from __future__ import annotations

import pytest

from tests.signing.authenticator import ES256, Authenticator
from tests.web.site import HOME, Site, answered
from tests.world import challenge_of

SIGN = f"{HOME}/sign"


@pytest.fixture
def fixed(site: Site) -> Site:
    site.world.freeze()
    return site


def test_doris_sets_up_a_passkey_and_is_led_back_to_where_she_was(fixed: Site) -> None:
    services = fixed.world.services
    device = Authenticator(services.relying_party.id, services.base_url, ES256)
    doris = fixed.visitor("doris")
    doris.open(SIGN)
    back = f"{SIGN}?municipality=08317096#decision"
    begun = doris.post_json("/passkeys/begin").data
    response = device.create(challenge_of(begun["options"]))
    done = doris.post_json(
        "/passkeys/finish", challenge_id=begun["challenge_id"], response=response, next=back
    )
    assert done.data == {"location": back}
    assert doris.open(SIGN).hidden_fields["next"] == back


def test_the_address_to_go_back_to_stays_on_this_site(fixed: Site) -> None:
    services = fixed.world.services
    device = Authenticator(services.relying_party.id, services.base_url, ES256)
    doris = fixed.visitor("doris")
    doris.open(SIGN)
    begun = doris.post_json("/passkeys/begin").data
    fields = {"challenge_id": begun["challenge_id"], "next": "https://evil.example/"}
    response = device.create(challenge_of(begun["options"]))
    assert doris.post_json("/passkeys/finish", response=response, **fields).data == {"location": "/"}


def test_doris_signs(fixed: Site) -> None:
    device = fixed.world.authenticator("doris")
    doris = fixed.visitor("doris")
    fields = doris.open(SIGN).hidden_fields
    begun = doris.post_json(f"{SIGN}/passkey/begin", **answered(fields)).data
    response = device.get(challenge_of(begun["options"]))
    done = doris.post_json(f"{SIGN}/passkey/finish", challenge_id=begun["challenge_id"], response=response)
    assert done.data == {"location": f"{SIGN}?municipality=08317096"}
    assert [answer.level.value for answer in fixed.world.answers] == ["passkey"]


def test_another_device_s_answer_is_refused_in_a_sentence(fixed: Site) -> None:
    fixed.world.authenticator("doris")
    stranger = fixed.world.authenticator("gustav")
    doris = fixed.visitor("doris")
    fields = doris.open(SIGN).hidden_fields
    begun = doris.post_json(f"{SIGN}/passkey/begin", **answered(fields)).data
    response = stranger.get(challenge_of(begun["options"]))
    refused = doris.post_json(f"{SIGN}/passkey/finish", challenge_id=begun["challenge_id"], response=response)
    assert refused.status == 422
    assert refused.data["error"]["code"] == "invalid_passkey"
    assert "Ihr Passkey konnte nicht bestätigt werden." in refused.data["error"]["message"]
    assert fixed.world.answers == []


def test_nobody_else_begins(fixed: Site) -> None:
    fields = fixed.visitor("doris").open(SIGN).hidden_fields
    for name, status in (("clara", 403), ("anna", 403), ("emil", 403), ("frank", 404)):
        visitor = fixed.visitor(name)
        visitor.open("/")
        answer = visitor.post_json(f"{SIGN}/passkey/begin", **answered(fields))
        assert answer.status == status
    nobody = fixed.visitor()
    nobody.open("/login")
    assert nobody.post_json("/passkeys/begin").data["error"]["code"] == "not_signed_in"


@pytest.mark.parametrize("path", [f"{SIGN}/passkey/finish", "/passkeys/finish"])
@pytest.mark.parametrize("fields", [{}, {"challenge_id": "x"}, {"challenge_id": "x", "response": "text"}])
def test_an_answer_with_missing_parts_is_refused(fixed: Site, path: str, fields: dict[str, str]) -> None:
    doris = fixed.visitor("doris")
    doris.open(SIGN)
    answer = doris.post_json(path, **fields)
    assert answer.status == 422
    assert answer.data["error"]["code"] == "invalid_input"
