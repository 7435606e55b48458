"""Public keys of passkeys in both of their forms: COSE (RFC 9052) and SubjectPublicKeyInfo (RFC 5280)."""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from webauthn.helpers import decode_credential_public_key
from webauthn.helpers.cose import COSECRV, COSEAlgorithmIdentifier
from webauthn.helpers.decode_credential_public_key import DecodedEC2PublicKey
from webauthn.helpers.decoded_public_key_to_cryptography import decoded_public_key_to_cryptography
from webauthn.helpers.verify_signature import verify_signature

ALGORITHMS: Final = (
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
)
"""What we ask authenticators for, most wanted first. Whatever else they offer is refused."""

SHORTEST_RSA: Final = 2048  # bits


def subject_public_key(cose_key: bytes) -> bytes:
    """The same key as DER SubjectPublicKeyInfo. Raises ValueError for keys we do not take."""
    decoded = decode_credential_public_key(cose_key)
    if decoded.alg not in ALGORITHMS:
        raise ValueError("unknown signature algorithm")
    if isinstance(decoded, DecodedEC2PublicKey) and decoded.crv != COSECRV.P256:
        raise ValueError("unknown curve")
    key = decoded_public_key_to_cryptography(decoded)
    if getattr(key, "key_size", SHORTEST_RSA) < SHORTEST_RSA and not isinstance(decoded, DecodedEC2PublicKey):
        raise ValueError("RSA key too short")
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def ensure_signature(cose_key: bytes, signature: bytes, message: bytes) -> None:
    """Raises `cryptography.exceptions.InvalidSignature` if the key did not sign the message."""
    decoded = decode_credential_public_key(cose_key)
    verify_signature(
        public_key=decoded_public_key_to_cryptography(decoded),
        signature_alg=decoded.alg,
        signature=signature,
        data=message,
    )
