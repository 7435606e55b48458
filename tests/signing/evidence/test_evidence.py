"""The proof package holds for what was signed, offline."""

import json

import pytest

from server.domain.canonical import canonical_bytes
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.evidence.bundle import bundle, sign_off_digest, verify_bundle
from server.signing.passkeys.relying_party import RelyingParty
from tests.signing.authenticator import EDDSA, ES256, RS256
from tests.signing.people import CONTENT, RP, by_email_code, by_passkey, on_paper, statement


def package(*sign_offs):
    said = statement()
    return bundle(
        said.revision_digest,
        said.revision,
        slug=said.declaration,
        title=said.declaration_title,
        rp=RP,
        sign_offs=sign_offs,
    )


def outcomes(check):
    return {finding.check: finding.outcome for finding in check.findings}


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_a_sign_off_by_passkey_is_proven_from_the_attachments_alone(algorithm):
    check = verify_bundle(package(by_passkey(algorithm=algorithm)), CONTENT, expected=RP)
    assert outcomes(check) == {
        Check.EVIDENCE_FORMAT: Outcome.PROVEN,
        Check.TEXT_DIGEST: Outcome.PROVEN,
        Check.EVIDENCE_RELYING_PARTY: Outcome.PROVEN,
        Check.EVIDENCE_UNIQUE: Outcome.PROVEN,
        Check.SIGN_OFF_PASSKEY: Outcome.PROVEN,
        Check.PASSKEY_LIMITS: Outcome.LIMITED,
    }
    assert [(line.municipality, line.level) for line in check.sign_offs] == [("Offenburg", "passkey")]


def test_weaker_sign_offs_are_reported_as_weaker():
    check = verify_bundle(package(on_paper(), by_email_code(), by_passkey()), CONTENT)
    found = outcomes(check)
    assert found[Check.SIGN_OFF_EMAIL_CODE] is Outcome.LIMITED
    assert found[Check.SIGN_OFF_PAPER] is Outcome.LIMITED
    assert found[Check.EVIDENCE_RELYING_PARTY] is Outcome.LIMITED
    assert [line.municipality for line in check.sign_offs] == ["Achern", "Lahr/Schwarzwald", "Offenburg"]


def test_a_package_of_another_service_is_broken_where_ours_is_expected():
    other = RelyingParty("other.example", "Other", ("https://other.example",))
    check = verify_bundle(package(by_passkey()), CONTENT, expected=other)
    assert outcomes(check)[Check.EVIDENCE_RELYING_PARTY] is Outcome.BROKEN


def test_a_sign_off_with_its_evidence_stays_small():
    assert len(canonical_bytes(by_passkey().evidence)) < 2000


def test_the_digest_of_a_sign_off_is_the_one_the_check_reports():
    given = by_passkey()
    check = verify_bundle(package(given), CONTENT)
    assert check.digests == (sign_off_digest(given.statement_bytes, given.level, given.evidence),)


def test_answers_to_another_text_stay_outside():
    other = by_passkey(said=statement(content=b"another text"))
    alone = package(other)
    assert json.loads(alone)["sign_offs"] == []
    assert outcomes(verify_bundle(alone, CONTENT))[Check.SIGN_OFF_STATEMENT] is Outcome.MISSING
