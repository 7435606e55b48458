"""Deciding acts need a proof that is not older than ten minutes; what was typed waits for it."""

from __future__ import annotations

import html
import re

import pytest

from server.domain.audit import Tag
from server.storage.record import audit
from tests.web.site import HOME, Page, Site, Visitor
from tests.world import challenge_of

FREEZE = f"{HOME}/freeze"
CONFIRM = "/account/confirm"


def later(site: Site, name: str) -> Visitor:
    """Signed in eleven minutes ago."""
    visitor = site.visitor(name)
    site.world.wait(minutes=11)
    return visitor


def with_code(site: Site, visitor: Visitor, name: str, page: Page) -> Page:
    asked = visitor.send(f"{CONFIRM}/send", **fields_of(page))
    return visitor.send(f"{CONFIRM}/code", **fields_of(asked), confirm_code=site.newest_code(name))


def fields_of(page: Page) -> dict[str, str]:
    return {name: value for name, value in page.hidden_fields.items() if name != "csrf"}


def tags(site: Site) -> list[Tag]:
    return [event.tag for event in site.world.read(audit.list_events, "")]


def test_who_has_just_signed_in_is_not_asked(site: Site) -> None:
    clara = site.visitor("clara")
    site.world.wait(minutes=10)
    assert clara.open(FREEZE).status == 200
    assert clara.send(FREEZE).status == 303


def test_a_clock_that_was_set_back_makes_no_proof_last_longer(site: Site) -> None:
    clara = site.visitor("clara")
    site.world.wait(minutes=-60)
    assert clara.open(FREEZE).status == 303
    assert clara.open("/declarations").status == 200  # and signs nobody out
    assert site.visitor("clara").open(FREEZE).status == 200


def test_the_page_of_a_deciding_act_asks_first_and_comes_back(site: Site) -> None:
    clara = later(site, "clara")
    address = clara.open(FREEZE).location
    assert address == f"{CONFIRM}?next=%2Fdeclarations%2Ferklaerung%2Ffreeze"
    page = clara.open(address)
    assert page.heading == "Bitte bestätigen Sie, dass Sie es sind"
    assert with_code(site, clara, "clara", page).location == FREEZE
    assert clara.open(FREEZE).status == 200
    assert tags(site)[-2:] == [Tag.PROOF_CODE_SEND, Tag.PROOF_GIVE]


def test_a_form_that_grew_old_arrives_with_all_that_was_typed(site: Site) -> None:
    clara = site.visitor("clara")
    clara.open(FREEZE)
    site.world.wait(minutes=11)
    page = clara.send(FREEZE, reason="Beschluss „vom“ <17. Juni>")
    assert (page.status, site.world.phase) == (403, "drafting")
    assert "Was Sie eingegeben haben, bleibt erhalten." in page.text
    asked = clara.send(f"{CONFIRM}/send", **typed(page))
    done = clara.send(f"{CONFIRM}/code", **typed(asked), confirm_code=site.newest_code("clara"))
    assert (done.status, done.location) == (307, FREEZE)
    assert typed(asked)["reason"] == "Beschluss „vom“ <17. Juni>"
    assert clara.send(done.location, **typed(asked)).status == 303
    assert site.world.phase == "signing"


def typed(page: Page) -> dict[str, str]:
    return {name: html.unescape(value) for name, value in fields_of(page).items()}


def test_a_passkey_proves_it_too(site: Site) -> None:
    device = site.world.authenticator("clara")
    clara = later(site, "clara")
    page = clara.open(clara.open(FREEZE).location)
    assert page.main_buttons == ["Mit Passkey bestätigen"]
    begun = clara.post_json(f"{CONFIRM}/passkey/begin").data
    done = clara.post_json(
        f"{CONFIRM}/passkey/finish",
        challenge_id=begun["challenge_id"],
        response=device.get(challenge_of(begun["options"])),
        confirm_next=FREEZE,
    )
    assert done.data == {"location": FREEZE}
    assert clara.open(FREEZE).status == 200


def test_somebody_else_s_passkey_proves_nothing_and_leaves_a_trace(site: Site) -> None:
    site.world.authenticator("clara")
    foreign = site.world.authenticator("doris")
    clara = later(site, "clara")
    clara.open("/")
    begun = clara.post_json(f"{CONFIRM}/passkey/begin").data
    refused = clara.post_json(
        f"{CONFIRM}/passkey/finish",
        challenge_id=begun["challenge_id"],
        response=foreign.get(challenge_of(begun["options"])),
    )
    assert (refused.status, refused.data["error"]["code"]) == (422, "invalid_passkey")
    assert clara.open(FREEZE).status == 303
    last = site.world.read(audit.list_events, "")[-1]
    assert (last.tag, last.actor) == (Tag.PASSKEY_REFUSE, site.world.person("clara").id)


def test_five_wrong_codes_and_a_new_one_must_be_asked_for(site: Site) -> None:
    clara = later(site, "clara")
    page = clara.send(f"{CONFIRM}/send", **fields_of(clara.open(f"{CONFIRM}?next={FREEZE}")))
    fields, code = fields_of(page), site.newest_code("clara")
    wrong = "0000 0000" if code != "0000 0000" else "1111 1111"
    for left in (4, 3, 2, 1):
        page = clara.send(f"{CONFIRM}/code", **fields, confirm_code=wrong)
        assert (page.status, f"Verbleibende Versuche: {left}." in page.text) == (422, True)
    page = clara.send(f"{CONFIRM}/code", **fields, confirm_code=wrong)
    assert "Das war fünfmal falsch." in page.text
    assert clara.send(f"{CONFIRM}/code", **fields, confirm_code=code).status == 422
    assert with_code(site, clara, "clara", page).location == FREEZE


def test_an_empty_field_costs_no_attempt(site: Site) -> None:
    clara = later(site, "clara")
    fields = fields_of(clara.send(f"{CONFIRM}/send", **fields_of(clara.open(CONFIRM))))
    for _ in range(7):
        assert "Bitte geben Sie den Code" in clara.send(f"{CONFIRM}/code", **fields, confirm_code=" ").text
    assert clara.send(f"{CONFIRM}/code", **fields, confirm_code=site.newest_code("clara")).status == 303


def test_somebody_else_s_code_is_worth_nothing(site: Site) -> None:
    anna, clara = later(site, "anna"), site.visitor("clara")
    site.world.wait(minutes=11)
    fields = fields_of(anna.send(f"{CONFIRM}/send", **fields_of(anna.open(CONFIRM))))
    clara.open(CONFIRM)
    assert clara.send(f"{CONFIRM}/code", **fields, confirm_code=site.newest_code("anna")).status == 422
    assert clara.open(FREEZE).status == 303


def test_who_has_not_the_right_is_not_asked_for_a_proof(site: Site) -> None:
    anna = later(site, "anna")
    assert anna.open(FREEZE).status == 403
    anna.open("/")
    assert "Bitte bestätigen" not in anna.send(FREEZE).text


def test_sealing_asks_too(site: Site) -> None:
    site.world.freeze()
    site.world.sign_with_passkey("doris")
    clara = later(site, "clara")
    assert clara.open(f"{HOME}/seal").location.startswith(CONFIRM)
    clara.open("/")
    assert clara.send(f"{HOME}/seal").status == 403
    assert site.world.phase == "signing"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org"])
def test_it_leads_nowhere_else(site: Site, elsewhere: str) -> None:
    clara = later(site, "clara")
    page = clara.open(f"{CONFIRM}?next={elsewhere}")
    assert page.hidden_fields["confirm_next"] == "/"
    fields = fields_of(page) | {"confirm_next": elsewhere}
    asked = clara.send(f"{CONFIRM}/send", **fields)
    fields = fields_of(asked) | {"confirm_next": elsewhere, "confirm_waiting": "1"}
    done = clara.send(f"{CONFIRM}/code", **fields, confirm_code=site.newest_code("clara"))
    assert (done.status, done.location) == (307, "/")


def test_no_code_stands_in_the_log_or_the_address(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    clara = later(site, "clara")
    with_code(site, clara, "clara", clara.open(CONFIRM))
    assert not re.search(r"\d{4} ?\d{4}", caplog.text)


def test_a_stranger_is_asked_to_sign_in(site: Site) -> None:
    assert site.visitor().open(CONFIRM).location.startswith("/login")
