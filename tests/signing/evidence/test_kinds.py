"""Each kind of evidence consists of exactly the fields that its check wants."""

from datetime import UTC, datetime

import pytest

from server.domain.release.verification import Outcome
from server.domain.sign_offs.statements import Level
from server.signing.checks import Check
from server.signing.evidence.bundle_reader import Item
from server.signing.evidence.copy_signer import CopySigner
from server.signing.evidence.kind import Copies, Surroundings
from server.signing.evidence.kinds.pdf_signature import pdf_evidence
from server.signing.evidence.kinds.table import KINDS
from server.signing.seal.check.seal_trust import Trust
from tests.signing.people import AT, RP, by_email_code, by_passkey, on_paper, sign_off, statement

CHECKS = {
    Level.PASSKEY: Check.SIGN_OFF_PASSKEY,
    Level.EMAIL_CODE: Check.SIGN_OFF_EMAIL_CODE,
    Level.PAPER: Check.SIGN_OFF_PAPER,
    Level.PDF_SIGNATURE: Check.SIGN_OFF_PDF_SIGNATURE,
}
"""The codes are stable: the verifier in the browser and other programs know them."""


def by_pdf():
    said, signer = statement(), CopySigner("Doris", "CA", "Doris", AT, AT, is_qualified=False)
    evidence = pdf_evidence(
        copy=b"copy", base=b"base", ags=said.ags, statement_digest="0" * 64, signer=signer
    )
    return sign_off(said, Level.PDF_SIGNATURE, evidence)


GIVEN = {given.level: given for given in (by_passkey(), by_email_code(), on_paper(), by_pdf())}
NOTHING = Surroundings(RP, Copies(), Trust(None, datetime.now(UTC)))


@pytest.mark.parametrize("level", Level)
def test_evidence_is_made_of_the_fields_of_its_kind(level):
    assert set(GIVEN[level].evidence) == KINDS[level].fields
    assert GIVEN[level].evidence["kind"] == level == KINDS[level].level


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("other", Level)
def test_evidence_of_another_kind_proves_nothing(level, other):
    given = GIVEN[other]
    item = Item(given.statement, given.statement_bytes, level, given.evidence, "")
    finding = KINDS[level].check(item, NOTHING)
    assert finding.check == CHECKS[level]
    if level is not other:
        assert finding.outcome in (Outcome.BROKEN, Outcome.MISSING)
