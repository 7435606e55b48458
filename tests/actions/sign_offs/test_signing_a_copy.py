"""A copy signed with a personal certificate: handed out, signed elsewhere, handed in, sealed, verified."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from server.cli.main import main
from server.documents.reading.attachments import read_attachments
from server.documents.reading.read_back import read_text
from server.domain.release.verification import Finding, VerificationReport
from server.domain.sign_offs.statements import Level, SignOff
from server.dossier.check.document import verify_document
from server.signing.seal.seal import Sealer
from tests.documents.document_conformance import faults
from tests.dossier.rendering_process import unsealed
from tests.dossier.test_checking_by_hand import by_hand
from tests.signing.copies import homemade, sign_copy
from tests.signing.pki import TrustService, trust_service
from tests.world import OFFENBURG, World

NAME = "unterschrift-08317096.pdf"


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TrustService]:
    with trust_service(tmp_path_factory.mktemp("pki")) as running:
        yield running


def signature(report: VerificationReport) -> Finding:
    return next(finding for finding in report.findings if finding.check == "sign_off.pdf_signature")


def by_trusted(
    world: World, trust: TrustService, name: str, sealer: Sealer | None = None, **more: Any
) -> SignOff:
    """With a certificate of an issuer that the service trusts."""
    sealer = sealer or replace(world.services.sealer, trust_roots=(trust.root(),))
    world.services = replace(world.services, sealer=sealer)
    world.time = datetime.now(UTC).replace(microsecond=0)  # the trust service knows no other
    world.freeze()
    return world.sign_copy(name, lambda pdf: sign_copy(pdf, trust.signer(name), **more))


def test_a_signature_of_a_trusted_issuer_is_proven_from_the_sealed_file(
    world: World, trust: TrustService
) -> None:
    given = by_trusted(world, trust, "doris", revocation_root=trust.certificate("root"))
    report = verify_document(world.seal().pdf, world.services.sealer.roots)
    assert given.level is Level.PDF_SIGNATURE
    assert report.holds
    assert signature(report).outcome == "proven"
    assert signature(report).detail == (
        "Doris Beispiel, Stadt Offenburg signed a copy of this text and statement. The certificate bears "
        "the name of Doris. Vertrauensdienst issuing, Vertrauensdienst, which is trusted here, issued the "
        "certificate and had not revoked it. By its word the certificate is one for qualified electronic "
        "signatures."
    )


def test_a_homemade_certificate_has_limits_and_says_so(world: World) -> None:
    world.freeze()
    given = world.sign_copy("doris", lambda pdf: sign_copy(pdf, homemade("Doris Beispiel")))
    pdf = world.seal().pdf
    report = verify_document(pdf)
    assert report.holds, [f for f in report.findings if f.outcome not in ("proven", "limited")]
    assert signature(report).outcome == "limited"
    assert "not checked" in signature(report).detail
    assert [(line.signatory, line.level) for line in report.sign_offs] == [("Doris", "pdf_signature")]
    attached = read_attachments(pdf)
    assert json.loads(attached["nachweise.json"])["sign_offs"][0]["evidence"] == given.evidence
    assert given.evidence["name"] == NAME
    assert given.municipality.ags == OFFENBURG


def test_the_command_line_tells_the_same_without_network_or_database(
    world: World, trust: TrustService, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_trusted(world, trust, "doris", revocation_root=trust.certificate("root"))
    (tmp_path / "final.pdf").write_bytes(world.seal().pdf)
    roots = [x509.load_der_x509_certificate(root) for root in world.services.sealer.roots]
    (tmp_path / "roots.pem").write_bytes(b"".join(root.public_bytes(Encoding.PEM) for root in roots))

    def told(*more: str) -> tuple[str, str]:
        code = main(["verify", str(tmp_path / "final.pdf"), "--json", *more])
        report = json.loads(capsys.readouterr().out)
        assert (code, report["verdict"]) == (3, "trial")  # the world seals with a test certificate
        (found,) = [f for f in report["findings"] if f["check"] == "sign_off.pdf_signature"]
        assert found["detail"].startswith("Doris Beispiel")
        return found["outcome"], found["subject"]

    assert told("--trust", str(tmp_path / "roots.pem")) == ("proven", "Offenburg")
    assert told() == ("limited", "Offenburg")


def test_without_proof_of_no_revocation_a_trusted_issuer_is_not_enough(
    world: World, trust: TrustService
) -> None:
    by_trusted(world, trust, "gustav")
    found = signature(verify_document(world.seal().pdf, world.services.sealer.roots))
    assert found.outcome == "limited"
    assert "which is trusted here, issued the certificate and may have revoked it" in found.detail
    assert "It does not say that the certificate is a qualified one." in found.detail


def test_an_issuer_that_is_not_trusted_here_proves_nobody(world: World) -> None:
    world.freeze()
    world.sign_copy("doris", lambda pdf: sign_copy(pdf, homemade("Doris Beispiel")))
    report = verify_document(world.seal().pdf, world.services.sealer.roots)
    assert signature(report).outcome == "limited"
    assert "That an authority trusted here vouches for this is not shown." in signature(report).detail
    assert "qualified" not in signature(report).detail


def test_a_certificate_is_judged_at_the_time_of_the_seal_as_an_authority_confirms_it(
    world: World, trust: TrustService
) -> None:
    lasting = replace(
        world.services.sealer, key=trust.key(), authorities=(trust.authority(),), trust_roots=(trust.root(),)
    )
    by_trusted(world, trust, "doris", lasting, revocation_root=trust.certificate("root"))
    much_later = datetime(2098, 1, 1, tzinfo=UTC)
    report = verify_document(world.seal().pdf, lasting.roots, at=much_later)
    assert report.holds
    assert signature(report).outcome == "proven"


def test_without_an_authority_the_proof_grows_old(world: World, trust: TrustService) -> None:
    by_trusted(world, trust, "doris", revocation_root=trust.certificate("root"))
    report = verify_document(
        world.seal().pdf, world.services.sealer.roots, at=datetime(2098, 1, 1, tzinfo=UTC)
    )
    assert signature(report).outcome == "limited"


def test_a_time_stamp_on_the_copy_does_not_replace_that_of_the_seal(
    world: World, trust: TrustService
) -> None:
    """Nothing in the file says much later that the stamp's own certificate was not revoked."""
    by_trusted(world, trust, "doris", revocation_root=trust.certificate("root"), authority=trust.authority())
    pdf, roots = world.seal().pdf, world.services.sealer.roots
    assert signature(verify_document(pdf, roots)).outcome == "proven"
    much_later = signature(verify_document(pdf, roots, at=datetime(2098, 1, 1, tzinfo=UTC)))
    assert much_later.outcome == "limited"


def test_a_document_with_copies_conforms_before_and_after_the_seal(world: World) -> None:
    world.freeze()
    world.sign_copy("doris", lambda pdf: sign_copy(pdf, homemade("Doris Beispiel")))
    world.sign_with_passkey("gustav")
    before = world.run(unsealed(world.services))
    sealed = world.seal().pdf
    assert faults(before) == []
    assert faults(sealed) == []
    assert sealed.startswith(before)


def test_the_pages_say_how_each_has_signed(world: World) -> None:
    world.freeze()
    world.sign_copy("doris", lambda pdf: sign_copy(pdf, homemade("Doris Beispiel")))
    said = {block.text for block in read_text(world.seal().pdf)}
    proof = next(text for text in said if text.startswith("Nachweis"))
    assert "elektronische Signatur" in proof
    assert "17.06.2026, 12:00\u00a0Uhr" in proof
    assert "Elektronische Signatur: mit dem Zertifikat der unterzeichnenden Person." in said
    assert not any("qualifiziert" in text for text in said)


def test_openssl_shows_that_a_certificate_calls_itself_qualified(
    world: World, trust: TrustService, tmp_path: Path
) -> None:
    by_trusted(world, trust, "doris")
    steps = by_hand(world.seal().pdf, tmp_path)
    assert [(s.returncode, s.stderr) for s in steps if s.returncode] == []
    assert any("qcStatements" in step.stdout for step in steps)
