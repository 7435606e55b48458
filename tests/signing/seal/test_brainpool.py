"""German authorities like the Brainpool curves (RFC 5639; BSI TR-03116): seal and check know them."""

from datetime import UTC, datetime
from functools import partial

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from server.domain.release.verification import Outcome
from server.signing.checks import Check
from server.signing.seal.seal import Sealer
from server.signing.seal.trial_certificate import create_test_key, load_key
from tests.signing.seals import FONT, ISSUER, broken, found, seal

CURVES = [ec.BrainpoolP256R1, ec.BrainpoolP384R1, ec.BrainpoolP512R1, ec.SECP384R1]


@pytest.fixture(params=CURVES, ids=lambda curve: curve.name)
def key(request, tmp_path, monkeypatch):
    other = partial(ec.generate_private_key, request.param())
    monkeypatch.setattr("server.signing.seal.trial_certificate.ec.generate_private_key", lambda _: other())
    create_test_key(tmp_path / "seal.p12", ISSUER, datetime.now(UTC))
    made = load_key(tmp_path / "seal.p12")
    assert isinstance(made.certificate.public_key().curve, request.param)
    return made


def test_it_seals_and_the_seal_holds(key):
    assert key.check(datetime.now(UTC)) == []
    sealed = seal(Sealer(key, FONT))
    outcome = found(sealed, trust_roots=key.roots)
    assert Outcome.BROKEN not in outcome.values()
    assert outcome[Check.SEAL_INTACT] is Outcome.PROVEN
    assert outcome[Check.SEAL_TEST_CERTIFICATE] is Outcome.LIMITED
    assert broken(sealed.replace(b"%PDF-1.7", b"%PDF-1.6", 1), trust_roots=key.roots)


def test_another_root_of_the_same_curve_is_not_trusted(key, tmp_path):
    create_test_key(tmp_path / "other.p12", ISSUER, datetime.now(UTC))
    others = load_key(tmp_path / "other.p12").roots
    assert Check.SEAL_UNKNOWN_ISSUER in broken(seal(Sealer(key, FONT)), trust_roots=others)
