"""The log proofs of a final document."""

import json

import pytest

from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import canonical_bytes
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.evidence.bundle import sign_off_digest, verify_bundle
from server.signing.evidence.log_proof import check_logged, verify_proofs
from server.signing.passkeys.assertion_check import registration_digest
from tests.signing.evidence.test_evidence import package
from tests.signing.logs import prove
from tests.signing.people import AT, CONTENT, by_passkey


def entry(number, tag=Tag.TEXT_FREEZE, **facts):
    return AuditEvent(AT, tag, number, "digitaltag", facts).canonical()


ENTRIES = [entry(number) for number in range(23)]


def broken(data):
    return [f.check for f in verify_proofs(data).findings if f.outcome is Outcome.BROKEN]


def test_disclosed_entries_are_proven_and_the_others_stay_private():
    proofs = prove(ENTRIES, [22, 0, 7])
    check = verify_proofs(proofs)
    assert check.entries == (ENTRIES[0], ENTRIES[7], ENTRIES[22])
    assert check.size == 23
    assert {f.outcome for f in check.findings} == {Outcome.PROVEN, Outcome.LIMITED}
    assert ENTRIES[5] not in proofs


def test_every_changed_byte_of_the_proofs_is_found_out():
    honest = prove(ENTRIES[:5], [1, 3])
    for place in range(len(honest)):
        assert broken(honest[:place] + bytes([honest[place] ^ 1]) + honest[place + 1 :]), honest[place:][:20]


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff"])
def test_what_is_no_proof_is_broken(data):
    assert broken(data) == [Check.LOG_FORMAT]


@pytest.mark.parametrize("strange", [b"[]", b"1", b"no JSON", b'{"facts":[]}'])
def test_an_entry_that_is_no_event_is_broken(strange):
    assert broken(prove([*ENTRIES, strange], [23])) == [Check.LOG_FORMAT]


def test_an_entry_at_another_place_is_broken():
    moved = json.loads(prove(ENTRIES, [4]))
    moved["leaves"][0]["index"] = 5
    assert broken(canonical_bytes(moved)) == [Check.LOG_INCLUSION]


def test_a_sign_off_must_stand_in_the_log_with_its_evidence():
    given = by_passkey()
    evidence = verify_bundle(package(given), CONTENT)
    digest = sign_off_digest(given.statement_bytes, given.level, given.evidence)
    logged = [*ENTRIES, entry(1, Tag.SIGN_OFF_GIVE, evidence=digest)]
    with_it = check_logged(evidence, verify_proofs(prove(logged, [23])))
    without_it = check_logged(evidence, verify_proofs(prove(logged, [3])))
    assert [(f.check, f.outcome) for f in with_it] == [
        (Check.LOG_SIGN_OFF, Outcome.PROVEN),
        (Check.LOG_REGISTRATION, Outcome.LIMITED),
    ]
    assert without_it[0].outcome is Outcome.BROKEN


def test_a_passkey_is_known_from_the_log():
    given = by_passkey()
    registration = registration_digest(given.evidence["registration"])
    logged = [entry(1, Tag.PASSKEY_REGISTER, attestation=registration)]
    findings = check_logged(verify_bundle(package(given), CONTENT), verify_proofs(prove(logged, [0])))
    assert (Check.LOG_REGISTRATION, Outcome.PROVEN) in {(f.check, f.outcome) for f in findings}


def test_the_log_binds_the_parts_of_the_registration_that_no_passkey_signs():
    given = by_passkey()
    digest = sign_off_digest(given.statement_bytes, given.level, given.evidence)
    log = verify_proofs(prove([entry(1, Tag.SIGN_OFF_GIVE, evidence=digest)], [0]))
    honest = package(given)
    registration = given.evidence["registration"]
    for name in ("client_data", "attestation_object"):
        start = honest.index(registration[name].encode())
        for place in range(start, start + len(registration[name])):
            flipped = honest[:place] + bytes([honest[place] ^ 1]) + honest[place + 1 :]
            evidence = verify_bundle(flipped, CONTENT)
            findings = [*evidence.findings, *check_logged(evidence, log)]
            assert any(f.outcome is Outcome.BROKEN for f in findings), flipped[place - 9 : place + 9]
