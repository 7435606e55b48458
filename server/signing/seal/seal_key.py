"""The key that seals, with its certificate and the certificates above it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.signers import Signer, SimpleSigner

from server.domain.errors import SealFailed
from server.signing.seal import certificates

_PROBE: Final = b"does the key match its certificate?"


@dataclass(frozen=True, slots=True)
class SealKey:
    """`signer` does the signing (from a file, or in a token), `others` are the certificates above."""

    signer: Signer
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]

    @classmethod
    def from_pkcs12(cls, data: bytes, password: bytes | None) -> SealKey:
        """Raises SealFailed for unreadable data or a wrong password."""
        try:
            _, certificate, others = pkcs12.load_key_and_certificates(data, password or None)
            signer = SimpleSigner.load_pkcs12_data(data, other_certs=[], passphrase=password or None)
        except ValueError as error:
            raise SealFailed(reason="key_unreadable") from error
        if certificate is None or signer is None:
            raise SealFailed(reason="no_certificate")
        return cls(signer, certificate, tuple(others))

    @property
    def subject(self) -> str:
        return certificates.holder(self.certificate)

    @property
    def is_test(self) -> bool:
        return certificates.is_test(self.certificate)

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The self-signed certificates at the top, DER: what trusts our own seals."""
        path = certificates.path_to_root(self.certificate, self.others)
        return tuple(_der(c) for c in path[-1:] if certificates.is_issued_by(c, c))

    def check(self, now: datetime) -> list[str]:
        """What is wrong with the key, in plain English sentences; an empty list if nothing is."""
        found = certificates.problems(self.certificate, self.others, now)
        try:
            self._probe()
        except InvalidSignature:
            found.append("The private key does not belong to the certificate.")
        except Exception as error:  # a token's driver raises whatever it likes
            found.append(f"The private key cannot sign ({type(error).__name__}).")
        return found

    def _probe(self) -> None:
        signature = asyncio.run(self.signer.async_sign_raw(_PROBE, "sha256"))
        public = self.certificate.public_key()
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, _PROBE, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, _PROBE, padding.PKCS1v15(), hashes.SHA256())
        else:
            raise TypeError("keys are ECDSA or RSA")


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
