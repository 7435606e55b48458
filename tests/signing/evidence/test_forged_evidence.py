"""Forgeries of the proof package: each is a BROKEN finding, none a pass and none a crash."""

import copy
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from server.domain.canonical import canonical_bytes, digest
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.evidence.bundle import verify_bundle
from server.signing.passkeys import base64url
from server.signing.passkeys.public_keys import subject_public_key
from tests.signing.authenticator import EDDSA, Authenticator, cose, sign
from tests.signing.evidence.test_evidence import package
from tests.signing.people import CONTENT, RP, by_email_code, by_passkey, on_paper

FORGED_TEXT = CONTENT.replace("füreinander".encode(), "nur für uns".encode())


@pytest.fixture(scope="module")
def honest():
    return json.loads(package(by_passkey("08317096"), by_passkey("08317065"), by_email_code("08317001")))


def broken(data, content=CONTENT):
    check = verify_bundle(data, content, expected=RP)
    return {f.check for f in check.findings if f.outcome is Outcome.BROKEN}


def restate(item, *path, value):
    said = json.loads(item["statement"])
    inner = said
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    item["statement"] = canonical_bytes(said).decode()


def change_the_digest(forged):
    forged["revision"]["sha256"] = digest(FORGED_TEXT)


def change_every_digest(forged):
    change_the_digest(forged)
    for item in forged["sign_offs"]:
        restate(item, "revision", "sha256", value=digest(FORGED_TEXT))


def name_another_municipality(forged):
    restate(forged["sign_offs"][1], "municipality", "name", value="Berlin")


def name_another_time(forged):
    later = datetime(2026, 6, 19, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    restate(forged["sign_offs"][1], "at", value=later)


def turn_the_answer_round(forged):
    restate(forged["sign_offs"][1], "answer", value="declines")


def take_anothers_signature(forged):
    one, other = forged["sign_offs"][1]["evidence"], forged["sign_offs"][2]["evidence"]
    one["signature"] = other["signature"]


def take_all_of_anothers_evidence(forged):
    forged["sign_offs"][1]["evidence"] = forged["sign_offs"][2]["evidence"]


def count_one_twice(forged):
    forged["sign_offs"].append(forged["sign_offs"][1])


def sign_with_a_key_of_ones_own(forged):
    evidence = forged["sign_offs"][1]["evidence"]
    key = ed25519.Ed25519PrivateKey.generate()
    data = base64url.decode(evidence["authenticator_data"])
    client = bytes.fromhex(digest(base64url.decode(evidence["client_data"])))
    evidence["signature"] = base64url.encode(sign(key, EDDSA, data + client))
    evidence["cose_key"] = base64url.encode(cose(key, EDDSA))
    evidence["public_key"] = base64url.encode(subject_public_key(cose(key, EDDSA)))


def show_another_public_key(forged):
    key = ed25519.Ed25519PrivateKey.generate()
    spki = base64url.encode(subject_public_key(cose(key, EDDSA)))
    forged["sign_offs"][1]["evidence"]["public_key"] = spki


def remove_the_verification_flag(forged):
    evidence = forged["sign_offs"][1]["evidence"]
    data = bytearray(base64url.decode(evidence["authenticator_data"]))
    data[32] &= ~4
    evidence["authenticator_data"] = base64url.encode(bytes(data))


def pass_an_email_code_off_as_a_passkey(forged):
    forged["sign_offs"][0]["level"] = "passkey"


def pass_a_passkey_off_as_an_email_code(forged):
    forged["sign_offs"][1]["level"] = "email_code"


def reuse_an_email_code(forged):
    restate(forged["sign_offs"][0], "nonce", value="another")


def rename_the_declaration(forged):
    forged["declaration"]["title"] = "Erklärung gegen den Digitaltag"


def change_the_service(forged):
    forged["relying_party"] = {"id": "evil.example", "origins": ["https://evil.example"]}


FORGERIES = [
    change_the_digest,
    change_every_digest,
    name_another_municipality,
    name_another_time,
    turn_the_answer_round,
    take_anothers_signature,
    take_all_of_anothers_evidence,
    count_one_twice,
    sign_with_a_key_of_ones_own,
    show_another_public_key,
    remove_the_verification_flag,
    pass_an_email_code_off_as_a_passkey,
    pass_a_passkey_off_as_an_email_code,
    reuse_an_email_code,
    rename_the_declaration,
    change_the_service,
]


def test_the_honest_package_holds(honest):
    assert broken(canonical_bytes(honest)) == set()


def test_another_text_is_found_out(honest):
    assert broken(canonical_bytes(honest), FORGED_TEXT) == {Check.TEXT_DIGEST}


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forgery_is_found_out(honest, forge):
    forged = copy.deepcopy(honest)
    forge(forged)
    assert broken(canonical_bytes(forged))


def test_a_forged_text_with_every_digest_put_right_fails_at_the_signatures(honest):
    forged = copy.deepcopy(honest)
    change_every_digest(forged)
    check = verify_bundle(canonical_bytes(forged), FORGED_TEXT, expected=RP)
    assert check.sign_offs == ()


def test_a_passkey_of_another_origin_is_found_out():
    device = Authenticator(RP.id, RP.origins[0])
    forged = json.loads(package(by_passkey(device=device)))
    evidence = forged["sign_offs"][0]["evidence"]
    client = json.loads(base64url.decode(evidence["client_data"])) | {"origin": "https://evil.example"}
    data = json.dumps(client).encode()
    head = base64url.decode(evidence["authenticator_data"])
    evidence["client_data"] = base64url.encode(data)
    evidence["signature"] = base64url.encode(
        sign(device.key, device.algorithm, head + bytes.fromhex(digest(data)))
    )
    assert broken(canonical_bytes(forged)) == {Check.SIGN_OFF_PASSKEY}


def test_every_changed_byte_of_what_a_passkey_signed_is_found_out():
    honest = package(by_passkey())
    unsigned = json.loads(honest)["sign_offs"][0]["evidence"]["registration"]
    quiet = set()
    for name in ("client_data", "attestation_object"):  # not signed: the log binds them, test_log_proof
        place = honest.index(unsigned[name].encode())
        quiet |= set(range(place, place + len(unsigned[name])))
    for place in set(range(len(honest))) - quiet:
        flipped = honest[:place] + bytes([honest[place] ^ 1]) + honest[place + 1 :]
        assert broken(flipped), flipped[place - 10 : place + 10]


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"format":"kraftakt-evidence/1"}']
)
def test_what_is_no_package_is_broken(data):
    assert broken(data) == {Check.EVIDENCE_FORMAT}


def test_a_package_with_a_name_twice_is_broken(honest):
    data = canonical_bytes(honest)
    assert broken(data.replace(b'"format":', b'"format":"x","format":', 1)) == {Check.EVIDENCE_FORMAT}


def test_weak_sign_offs_do_not_hold_for_another_statement():
    forged = json.loads(package(on_paper()))
    restate(forged["sign_offs"][0], "signatory", "name", value="Frank Fremd")
    assert broken(canonical_bytes(forged)) == {Check.SIGN_OFF_PAPER}
