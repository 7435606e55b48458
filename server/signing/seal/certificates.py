"""Facts about X.509 certificates (RFC 5280)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

TEST_MARK: Final = "TEST - no legal effect"
"""The organisational unit of our own test certificates."""


def load_der(certificates: Iterable[bytes]) -> list[x509.Certificate]:
    return [x509.load_der_x509_certificate(der) for der in certificates]


def read_pem(data: bytes) -> list[bytes]:
    """The certificates of a PEM file as DER. Raises ValueError for anything else."""
    return [found.public_bytes(Encoding.DER) for found in x509.load_pem_x509_certificates(data)]


def holder(certificate: x509.Certificate) -> str:
    """Common name and organisation, as people know the holder."""
    return known_as(certificate.subject)


def known_as(name: x509.Name) -> str:
    parts = [_first(name, oid) for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)]
    return ", ".join(dict.fromkeys(part for part in parts if part)) or name.rfc4514_string()


def is_test(certificate: x509.Certificate) -> bool:
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == TEST_MARK for unit in units)


def is_issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Name and signature fit."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def path_to_root(certificate: x509.Certificate, others: Sequence[x509.Certificate]) -> list[x509.Certificate]:
    """From the certificate to a self-signed one, as far as the others lead."""
    path = [certificate]
    while not is_issued_by(path[-1], path[-1]):
        issuer = next((c for c in others if c not in path and is_issued_by(path[-1], c)), None)
        if issuer is None:
            break
        path.append(issuer)
    return path


def problems(certificate: x509.Certificate, others: Sequence[x509.Certificate], now: datetime) -> list[str]:
    """Why the certificate should not seal anything now, in plain English."""
    found = []
    path = path_to_root(certificate, others)
    found += [f"{holder(c)} is not valid yet." for c in path if now < c.not_valid_before_utc]
    found += [f"{holder(c)} has expired." for c in path if now > c.not_valid_after_utc]
    if not is_issued_by(path[-1], path[-1]):
        found.append(f"The issuer of {holder(path[-1])} is missing.")
    if not _may_sign(certificate):
        found.append("The certificate is not meant for signatures (key usage).")
    return found


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.content_commitment or usage.digital_signature


def _first(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    values = name.get_attributes_for_oid(oid)
    return str(values[0].value) if values else ""
