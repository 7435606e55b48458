"""Seal keys that are good for nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)


def write_key(
    path: Path,
    *,
    since: datetime = NOW - timedelta(days=1),
    until: datetime = NOW + timedelta(days=900),
    signs: bool = True,
    has_issuer: bool = True,
) -> Path:
    """A PKCS#12 file with a self-signed certificate of a regional office."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_key = key if has_issuer else ec.generate_private_key(ec.SECP256R1())
    name = _name("Regionalbüro")
    certificate = (
        x509.CertificateBuilder(
            name if has_issuer else _name("Niemand"), name, key.public_key(), x509.random_serial_number()
        )
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(
            x509.KeyUsage(signs, signs, not signs, False, False, False, False, False, False), critical=True
        )
        .sign(issuer_key, hashes.SHA256())
    )
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, None, NoEncryption()))
    return path


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
