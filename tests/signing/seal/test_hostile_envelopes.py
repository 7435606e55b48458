"""Signatures that carry more than anybody can check are refused unread."""

import io
import time

import pytest
from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader

from server.domain.audit import AuditEvent, Tag
from server.domain.canonical import canonical_bytes
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.evidence import log_proof
from server.signing.evidence.bundle import verify_bundle
from server.signing.evidence.log_proof import verify_proofs
from server.signing.seal.check.plain_revisions import ensure_plain
from server.signing.seal.check.plain_writing import NotPlain
from server.signing.seal.check.seal_structure import ensure_few_certificates, ensure_few_revisions
from tests.signing.logs import prove
from tests.signing.people import AT, CONTENT
from tests.signing.seals import broken, found, local_sealer, seal, update


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    return seal(local_sealer(tmp_path_factory.mktemp("key")))


def test_thousands_of_certificates_are_refused(sealed):
    signature = PdfFileReader(io.BytesIO(sealed)).embedded_signatures[0]
    signed = cms.SignedData.load(signature.signed_data.untag().dump())
    ensure_few_certificates(signed)
    signed["certificates"] = [certificate.copy() for certificate in signed["certificates"]] * 40
    with pytest.raises(ValueError, match="too many certificates"):
        ensure_few_certificates(signed)


def test_revisions_without_end_are_refused(sealed):
    for _ in range(201):
        sealed = update(sealed, lambda writer: writer.update_root())
    with pytest.raises(ValueError, match="too many revisions"):
        ensure_few_revisions(PdfFileReader(io.BytesIO(sealed)))
    assert found(sealed) == {Check.SEAL_UNCHANGED: Outcome.BROKEN}


def test_a_hundred_signed_revisions_are_read(sealed):
    for _ in range(100):
        sealed = update(sealed, lambda writer: writer.update_root())
    assert Check.SEAL_READABLE not in broken(sealed)


def test_thousands_of_sign_offs_are_refused_unread():
    package = {
        "format": "kraftakt-evidence/1",
        "declaration": {"slug": "a", "title": "A"},
        "revision": {"number": 1, "sha256": "0" * 64},
        "relying_party": {"id": "kraftakt.example", "origins": []},
        "sign_offs": [{}] * 2_001,
    }
    check = verify_bundle(canonical_bytes(package), CONTENT)
    assert [(f.check, f.detail) for f in check.findings] == [
        (Check.EVIDENCE_FORMAT, "The evidence cannot be read (too many sign-offs).")
    ]


def test_log_proofs_without_end_are_refused(monkeypatch):
    entry = AuditEvent(AT, Tag.TEXT_FREEZE, 0, "digitaltag", {}).canonical()
    proofs = prove([entry] * 3, range(3))
    assert Outcome.BROKEN not in {f.outcome for f in verify_proofs(proofs).findings}
    monkeypatch.setattr(log_proof, "MAX_ENTRIES", 2)
    assert [f.check for f in verify_proofs(proofs).findings] == [Check.LOG_FORMAT]


def test_ends_that_lead_nowhere_and_much_space_cost_little():
    blanks = b" " * 500_000
    for hostile in (b"xref\n" + blanks + b"startxref\n9\n%%EOF\n" * 20_000, blanks + b"x"):
        began = time.process_time()
        with pytest.raises(NotPlain):
            ensure_plain(b"%PDF-1.7\n" + hostile)
        assert time.process_time() - began < 1
