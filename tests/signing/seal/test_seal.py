"""The seal in a fresh checkout: a test certificate, no authority, and it says so."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from server.domain.errors import SealFailed
from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.seal.seal import Sealer
from server.signing.seal.seal_key import SealKey
from server.signing.seal.trial_certificate import create_test_key, load_key
from tests.signing.base_pdf import base_pdf
from tests.signing.seals import ISSUER, found, local_key, local_sealer, seal, violations

UNTRUSTED = {
    Check.SEAL_COVERAGE: Outcome.PROVEN,
    Check.SEAL_INTACT: Outcome.PROVEN,
    Check.SEAL_CERTIFIES: Outcome.PROVEN,
    Check.SEAL_UNCHANGED: Outcome.PROVEN,
    Check.SEAL_ALONE: Outcome.PROVEN,
    Check.SEAL_TEST_CERTIFICATE: Outcome.LIMITED,
    Check.SEAL_TIME: Outcome.LIMITED,
    Check.SEAL_LEVEL: Outcome.LIMITED,
}


@pytest.fixture(scope="module")
def sealer(tmp_path_factory):
    return local_sealer(tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def sealed(sealer):
    return seal(sealer)


def test_the_check_proves_the_seal_and_calls_the_certificate_a_test(sealed, sealer):
    assert found(sealed) == UNTRUSTED
    assert found(sealed, trust_roots=sealer.key.roots) == UNTRUSTED


def test_a_file_without_a_seal_is_missing_it():
    assert found(base_pdf()) == {Check.SEAL_PRESENT: Outcome.MISSING}


def test_the_same_text_resealed_by_a_stranger_is_broken(tmp_path, sealer):
    forged = seal(local_sealer(tmp_path))
    outcome = found(forged, trust_roots=sealer.key.roots)
    assert outcome[Check.SEAL_UNKNOWN_ISSUER] is Outcome.BROKEN
    assert Check.SEAL_TEST_CERTIFICATE not in outcome


def test_the_original_bytes_stay_in_front(sealed):
    assert sealed.startswith(base_pdf())


def test_the_metadata_stay_byte_for_byte(sealed):
    assert sealed.count(b"<?xpacket begin") == 1
    assert sealed.count(b"/Producer") == base_pdf().count(b"/Producer")


@pytest.mark.parametrize("lines", [("Siegel",), ()], ids=["visible", "invisible"])
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_sealed_file_still_conforms(sealer, profile, lines):
    assert violations(seal(sealer, lines=lines), profile) == []


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_agrees_that_the_signature_is_valid(sealed, tmp_path):
    path = tmp_path / "sealed.pdf"
    path.write_bytes(sealed)
    said = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert f"TEST {ISSUER}" in said


def test_openssl_agrees_that_the_signature_is_valid(sealed, sealer, tmp_path):
    start = sealed.index(b"/Contents <") + len(b"/Contents ")
    end = sealed.index(b">", start) + 1
    (tmp_path / "data").write_bytes(sealed[:start] + sealed[end:])
    (tmp_path / "cms").write_bytes(bytes.fromhex(sealed[start + 1 : end - 1].decode()))
    root = x509.load_der_x509_certificate(sealer.key.roots[0])
    (tmp_path / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    command = (
        "openssl cms -verify -binary -inform DER -in cms -content data -CAfile root.pem -purpose any -out x"
    )
    said = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_the_test_key_says_test_and_belongs_to_its_owner_alone(tmp_path):
    path = tmp_path / "seal.p12"
    create_test_key(path, ISSUER, datetime.now(UTC))
    key = load_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert key.is_test
    assert key.subject == f"TEST {ISSUER}, {ISSUER}"
    with pytest.raises(FileExistsError):
        create_test_key(path, ISSUER, datetime.now(UTC))


def test_a_sound_sealer_has_no_problems(sealer):
    assert sealer.check(datetime.now(UTC)) == []
    assert sealer.is_test
    assert sealer.level == "B-B"


def test_an_expired_certificate_is_found_at_start_up(sealer):
    later = datetime.now(UTC) + timedelta(days=4000)
    assert "has expired" in " ".join(sealer.check(later))


def test_a_key_that_does_not_fit_its_certificate_is_found_at_start_up(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one, other = local_key(tmp_path / "a"), local_key(tmp_path / "b")
    mixed = SealKey(one.signer, other.certificate, other.others)
    assert mixed.check(datetime.now(UTC)) == ["The private key does not belong to the certificate."]


def test_a_missing_issuer_is_found_at_start_up(sealer):
    alone = SealKey(sealer.key.signer, sealer.key.certificate, ())
    assert "issuer" in alone.check(datetime.now(UTC))[0]


def test_a_missing_font_is_found_at_start_up(sealer, tmp_path):
    problems = Sealer(sealer.key, tmp_path / "none.ttf").check(datetime.now(UTC))
    assert problems == ["The font of the seal cannot be read (FileNotFoundError)."]


@pytest.mark.parametrize("data", [b"", b"not a key"])
def test_an_unreadable_key_is_refused(data):
    with pytest.raises(SealFailed):
        SealKey.from_pkcs12(data, None)


@pytest.mark.parametrize(("pdf", "field"), [(b"%PDF-1.7", "Siegel"), (None, "Unbekannt")])
def test_a_file_that_is_not_prepared_is_refused(sealer, pdf, field):
    with pytest.raises(SealFailed):
        sealer.seal(pdf or base_pdf(), field=field, reason="", location="", lines=[])


def test_a_sealed_file_is_not_sealed_twice(sealer, sealed):
    with pytest.raises(SealFailed):
        seal(sealer, sealed)
