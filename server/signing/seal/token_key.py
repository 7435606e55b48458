"""A seal key that never leaves its token: PKCS#11 (OASIS, version 2.40)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pkcs11.exceptions import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session

from server.domain.errors import SealFailed
from server.signing.seal.seal_key import SealKey


@contextmanager
def open_token(module: Path, *, token: str, pin: str, label: str, chain: bytes) -> Iterator[SealKey]:
    """The key `label` in the token of that name, usable until the end of the block.

    `module` is the driver's shared library, `chain` PEM certificates: the seal's own first, then those
    above it. Raises SealFailed if the token is not there or the PIN is wrong.
    """
    certificates = x509.load_pem_x509_certificates(chain)
    own, *others = list(load_certs_from_pemder_data(chain))
    try:
        session = open_pkcs11_session(str(module), token_criteria=TokenCriteria(label=token), user_pin=pin)
    except PKCS11Error as error:
        raise SealFailed(reason=f"token: {type(error).__name__}") from error
    try:
        signer = PKCS11Signer(
            session,
            signing_cert=own,
            ca_chain=others,
            key_label=label,
            # hashing outside: many tokens sign ECDSA digests only
            use_raw_mechanism=isinstance(certificates[0].public_key(), ec.EllipticCurvePublicKey),
        )
        yield SealKey(signer, certificates[0], tuple(certificates[1:]))
    finally:
        session.close()
