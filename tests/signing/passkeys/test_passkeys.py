"""Registering a passkey and signing with it."""

import hashlib
from dataclasses import replace

import pytest

from server.domain.errors import InvalidPasskey
from server.signing.passkeys import base64url
from server.signing.passkeys.ceremonies import (
    assertion_options,
    registration_options,
    verify_assertion,
    verify_registration,
)
from server.signing.passkeys.public_keys import ensure_signature
from tests.signing.authenticator import EDDSA, ES256, RS256, USER_PRESENT, USER_VERIFIED, Authenticator
from tests.signing.people import RP, authenticator, register

CHALLENGE = hashlib.sha256(b"statement").digest()


def give(device, known, challenge=CHALLENGE):
    return verify_assertion(RP, response=device.get(challenge), challenge=CHALLENGE, passkey=known)


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_a_registered_passkey_signs_a_challenge(algorithm):
    device = authenticator(algorithm)
    known = register(device)
    assertion = give(device, known)
    assert assertion.new_sign_count == 1
    signed = assertion.authenticator_data + hashlib.sha256(assertion.client_data).digest()
    ensure_signature(known.cose_key, assertion.signature, signed)


def test_the_options_demand_that_the_holder_is_verified():
    options = registration_options(
        RP, handle=b"h" * 16, email="doris@example.org", name="Doris", challenge=CHALLENGE, known=[b"old"]
    )
    assert options["authenticatorSelection"] == {
        "residentKey": "preferred",
        "requireResidentKey": False,
        "userVerification": "required",
    }
    assert options["excludeCredentials"] == [{"id": base64url.encode(b"old"), "type": "public-key"}]
    assert [p["alg"] for p in options["pubKeyCredParams"]] == [EDDSA, ES256, RS256]
    asked = assertion_options(RP, challenge=CHALLENGE, credentials=[b"one"])
    assert asked["challenge"] == base64url.encode(CHALLENGE)
    assert asked["userVerification"] == "required"
    assert asked["rpId"] == RP.id


def test_the_registration_keeps_what_the_evidence_needs():
    device = authenticator()
    response = device.create(CHALLENGE)
    response["response"]["transports"] = ["internal"]
    passkey = verify_registration(RP, response=response, challenge=CHALLENGE)
    assert passkey.registration == {
        "attestation_object": response["response"]["attestationObject"],
        "client_data": response["response"]["clientDataJSON"],
        "aaguid": "00000000-0000-0000-0000-000000000000",
        "fmt": "none",
        "transports": ["internal"],
    }


MISBEHAVIOUR = {
    "another web site": {"origin": "https://kraftakt.example.evil"},
    "another service": {"rp_id": "evil.example"},
    "nobody verified": {"flags": USER_PRESENT},
    "nobody present": {"flags": USER_VERIFIED},
    "inside a frame": {"cross_origin": True},
}


@pytest.mark.parametrize("wrong", MISBEHAVIOUR.values(), ids=MISBEHAVIOUR)
def test_a_registration_that_went_wrong_is_refused(wrong):
    device = Authenticator(**({"rp_id": RP.id, "origin": RP.origins[0]} | wrong))
    with pytest.raises(InvalidPasskey):
        verify_registration(RP, response=device.create(CHALLENGE), challenge=CHALLENGE)


@pytest.mark.parametrize("wrong", MISBEHAVIOUR.values(), ids=MISBEHAVIOUR)
def test_an_assertion_that_went_wrong_is_refused(wrong):
    device = authenticator()
    known = register(device)
    for name, value in wrong.items():
        setattr(device, name, value)
    with pytest.raises(InvalidPasskey):
        give(device, known)


def test_the_answer_to_another_challenge_is_refused():
    device = authenticator()
    with pytest.raises(InvalidPasskey):
        give(device, register(device), challenge=b"x" * 32)
    with pytest.raises(InvalidPasskey):
        verify_registration(RP, response=device.create(b"x" * 32), challenge=CHALLENGE)


def test_somebody_elses_passkey_is_refused():
    doris, frank = authenticator(), authenticator()
    known = register(doris)
    register(frank)
    frank.credential_id = doris.credential_id
    with pytest.raises(InvalidPasskey):
        give(frank, known)


def test_an_answer_that_names_another_credential_is_refused():
    device = authenticator()
    known = register(device)
    device.credential_id = b"another credential"
    with pytest.raises(InvalidPasskey):
        give(device, known)


def test_a_counter_that_does_not_advance_is_refused():
    device = authenticator()
    known = register(device)
    with pytest.raises(InvalidPasskey):
        give(device, replace(known, sign_count=7))


@pytest.mark.parametrize(
    "response", [{}, {"id": 1}, {"id": "a", "rawId": "a", "type": "public-key", "response": {}}]
)
def test_a_malformed_answer_is_refused(response):
    with pytest.raises(InvalidPasskey):
        verify_registration(RP, response=response, challenge=CHALLENGE)
    with pytest.raises(InvalidPasskey):
        verify_assertion(RP, response=response, challenge=CHALLENGE, passkey=register(authenticator()))
