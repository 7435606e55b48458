"""A session alone adds no passkey, and the person hears of every one."""

from __future__ import annotations

from tests.signing.authenticator import ES256, Authenticator
from tests.web.site import HOME, Page, Site, Visitor, answered
from tests.world import challenge_of

SIGN = f"{HOME}/sign"


def add_passkey(site: Site, visitor: Visitor) -> Page:
    services = site.world.services
    begun = visitor.post_json("/passkeys/begin")
    if begun.status != 200:
        return begun
    device = Authenticator(services.relying_party.id, services.base_url, ES256)
    response = device.create(challenge_of(begun.data["options"]))
    return visitor.post_json("/passkeys/finish", challenge_id=begun.data["challenge_id"], response=response)


def test_who_has_just_signed_in_adds_one(site: Site) -> None:
    doris = site.visitor("doris")
    doris.open("/")
    site.world.wait(minutes=10)
    assert add_passkey(site, doris).status == 200


def test_an_older_session_needs_a_proof_first(site: Site) -> None:
    doris = site.visitor("doris")
    site.world.wait(minutes=11)
    doris.open("/")
    refused = add_passkey(site, doris)
    assert (refused.status, refused.data["error"]["code"]) == (403, "proof_needed")
    assert "in den letzten zehn Minuten" in refused.data["error"]["message"]
    assert refused.data["error"]["location"] == "/account/confirm?next=%2F"


def test_being_here_is_no_proof(site: Site) -> None:
    doris = site.visitor("doris")
    for _ in range(4):
        site.world.wait(minutes=6)
        doris.open("/")
    assert add_passkey(site, doris).status == 403


def test_a_code_is_a_proof(site: Site) -> None:
    site.world.freeze()
    doris = site.visitor("doris")
    site.world.wait(minutes=11)
    fields = doris.open(SIGN).hidden_fields
    form = doris.send(f"{SIGN}/code", **answered(fields)).location
    doris.open(form)
    assert add_passkey(site, doris).status == 403
    assert doris.send(form, code=site.newest_code("doris")).status == 303
    assert add_passkey(site, doris).status == 200


def test_a_passkey_is_a_proof(site: Site) -> None:
    site.world.freeze()
    device = site.world.authenticator("doris")
    doris = site.visitor("doris")
    site.world.wait(minutes=11)
    fields = doris.open(SIGN).hidden_fields
    begun = doris.post_json(f"{SIGN}/passkey/begin", **answered(fields)).data
    response = device.get(challenge_of(begun["options"]))
    doris.post_json(f"{SIGN}/passkey/finish", challenge_id=begun["challenge_id"], response=response)
    assert add_passkey(site, doris).status == 200


def test_the_person_gets_a_mail(site: Site) -> None:
    doris = site.visitor("doris")
    doris.open("/")
    add_passkey(site, doris)
    mail = site.mails[-1]
    assert (mail.recipient, mail.subject) == ("doris@example.org", "Neuer Passkey für Ihr Konto bei Kraftakt")
    assert "Waren Sie es nicht?" in mail.body
