"""A certificate that was revoked proves nothing, and nobody signs with it any more."""

from datetime import UTC, datetime

import pytest
from pyhanko.sign.validation.dss import DocumentSecurityStore

from server.domain.canonical import digest
from server.domain.release.verification import Outcome
from server.domain.sign_offs.statements import Level
from server.dossier.check.attached_copies import attached_copies
from server.signing.checks import Check
from server.signing.evidence.bundle import verify_bundle
from server.signing.evidence.signed_copy import accept_copy
from server.signing.passkeys.assertion_check import BrokenEvidence
from server.signing.seal.check.seal_trust import Trust
from tests.signing.copies import sign_copy
from tests.signing.evidence.test_evidence import package
from tests.signing.evidence.test_forged_copies import NAME, SAID, base_of
from tests.signing.forged_copies import evidence_for, signer_of
from tests.signing.people import CONTENT, sign_off
from tests.signing.pki import trust_service


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    with trust_service(tmp_path_factory.mktemp("pki")) as running:
        yield running


def signed(service, architecture):
    """With what the authorities publish as revoked in the copy."""

    def add(writer):
        lists = service.revocations(architecture)
        above = [service.certificate("issuing", architecture)]
        DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=above, crls=lists)

    return sign_copy(base_of(SAID), service.signer("doris", architecture), change=add)


def finding(service, architecture):
    base, copy = base_of(SAID), signed(service, architecture)
    evidence = evidence_for("08317096", base, copy, digest(SAID.canonical()), signer_of(base, copy))
    trust = Trust([service.root(architecture)], datetime.now(UTC))
    given = package(sign_off(SAID, Level.PDF_SIGNATURE, evidence))
    check = verify_bundle(given, CONTENT, copies=attached_copies({NAME: copy}), trust=trust)
    return next(f for f in check.findings if f.check == Check.SIGN_OFF_PDF_SIGNATURE)


def test_a_certificate_on_no_list_is_proven(service):
    assert finding(service, "good").outcome is Outcome.PROVEN


def test_a_certificate_that_was_revoked_is_broken(service):
    found = finding(service, "revoked")
    assert (found.outcome, found.detail) == (
        Outcome.BROKEN,
        "The certificate of Doris Beispiel, Stadt Offenburg was revoked.",
    )


def test_a_copy_with_a_revoked_certificate_is_not_taken(service):
    base, copy = base_of(SAID), signed(service, "revoked")
    with pytest.raises(BrokenEvidence, match="revoked"):
        accept_copy(copy, len(base), Trust([service.root("revoked")], datetime.now(UTC)))
