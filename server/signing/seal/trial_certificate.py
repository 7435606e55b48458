"""A local „Test“ authority with one seal certificate, made at the first start of a fresh checkout.

Everything sealed with it says TEST: in the certificate, in the seal, in the report of a check.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

from server.signing.seal.certificates import TEST_MARK
from server.signing.seal.seal_key import SealKey

LIFETIME: Final = timedelta(days=3650)
_LONGEST: Final = 64  # X.520 counts characters, the library the bytes of their UTF-8; this fits both


def create_test_key(path: Path, issuer: str, now: datetime) -> None:
    """Writes a PKCS#12 file without password, readable by its owner only. `issuer` is the organisation
    that runs the service. Raises FileExistsError rather than replace a key."""
    authority_key, seal_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority_name = _name("TEST Kraftakt CA", issuer)
    authority = _certificate(authority_name, authority_name, authority_key.public_key(), authority_key, now)
    seal = _certificate(
        _name(f"TEST {issuer}", issuer), authority_name, seal_key.public_key(), authority_key, now
    )
    data = pkcs12.serialize_key_and_certificates(b"seal", seal_key, seal, [authority], NoEncryption())
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)


def load_key(path: Path, password: str = "") -> SealKey:
    """Reads a PKCS#12 file, ours or a real one. Raises SealFailed, or OSError if there is none."""
    return SealKey.from_pkcs12(path.read_bytes(), password.encode() or None)


def _name(common: str, organisation: str) -> x509.Name:
    parts = (
        (NameOID.COUNTRY_NAME, "DE"),
        (NameOID.ORGANIZATION_NAME, _shortened(organisation)),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, TEST_MARK),
        (NameOID.COMMON_NAME, _shortened(common)),
    )
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _shortened(name: str) -> str:
    """Never ends within a letter; an umlaut has two bytes."""
    return name.encode()[:_LONGEST].decode("utf-8", "ignore").rstrip()


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePublicKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    is_authority = subject == issuer
    above = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return (
        x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.BasicConstraints(is_authority, 0 if is_authority else None), critical=True)
        .add_extension(_key_usage(is_authority=is_authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(above, critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _key_usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
