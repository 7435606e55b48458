"""The certificate of a fresh checkout, whatever the organisation is called."""

from datetime import UTC, datetime

import pytest
from cryptography.x509.oid import NameOID

from server.signing.seal.check.verification import check_seal
from server.signing.seal.seal import Sealer
from server.signing.seal.trial_certificate import create_test_key, load_key
from tests.signing.seals import FONT, seal

NOW = datetime.now(UTC)
NAMES = [
    "Geschäftsstelle für Öffentlichkeitsarbeit und Bürgerbeteiligung der Großen Kreisstädte im Ortenaukreis",
    "ß" * 200,
    "Ö" + "ü" * 63,
    "x" * 59 + "ö" * 5,
    "𝔎" * 40,
    "Kraftakt",
]


@pytest.mark.parametrize("issuer", NAMES, ids=range(len(NAMES)))
def test_a_long_german_name_is_shortened_and_seals(issuer, tmp_path):
    create_test_key(tmp_path / "seal.p12", issuer, NOW)
    key = load_key(tmp_path / "seal.p12")
    assert key.check(datetime.now(UTC)) == []
    (name,) = key.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    assert issuer.startswith(name.value)
    assert len(name.value.encode()) > 58 or name.value == issuer
    sealed = seal(Sealer(key, FONT))
    assert "broken" not in {finding.outcome for finding in check_seal(sealed, trust_roots=key.roots)}
