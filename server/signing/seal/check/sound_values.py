"""Whether the values of seal and time stamps are as their signers made them, each by itself.

Said before anything else, and instead of it: of a damaged value one reader makes out more than another, so
whatever both said of it besides would be words without meaning.
`client/src/verify/seal/sound-values.ts` follows the same rules.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from asn1crypto import cms
from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_certificate_info, find_unique_cms_attribute
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from server.signing.seal.check.envelope import (
    are_above_the_signer,
    embedded_certificates,
    has_regular_envelope,
    has_regular_token,
    has_sound_certificates,
    is_well_formed,
    stray_certificates,
    tokens,
)


class DamagedValue(ValueError):
    """The value of the seal or of a time stamp is not as its signer made it."""


def ensure_sound_values(
    reader: PdfFileReader, seal: EmbeddedPdfSignature, trusted: Sequence[x509.Certificate] | None
) -> None:
    """Written as they must be, with certificates that belong together, and signed by the one that they name.
    What they are about, and who is to be trusted, is another matter; `trusted` is None where nobody is.

    Raises DamagedValue, or whatever the parsers raise.
    """
    if not (has_regular_envelope(seal) and is_signed(seal.signed_data)):
        raise DamagedValue("the seal")
    embedded = embedded_certificates(seal.signed_data)
    if not are_above_the_signer(embedded) or stray_certificates(embedded, trusted or ()):
        raise DamagedValue("a certificate of the seal")
    if not all(is_well_formed(stamp) for stamp in reader.embedded_timestamp_signatures):
        raise DamagedValue("a time stamp")
    for token in tokens(reader, seal):
        if not (has_regular_token(token) and is_signed(token) and _holds_what_was_signed(token)):
            raise DamagedValue("a time stamp")
        if not has_sound_certificates(token, trusted):
            raise DamagedValue("a certificate of a time stamp")


def is_signed(signed: cms.SignedData) -> bool:
    """By the certificate inside, over the signed attributes, which name it (RFC 5652, 5.4; RFC 5035)."""
    [signer] = signed["signer_infos"]
    certificate: Any = extract_certificate_info(signed).signer_cert
    content_type = signed["encap_content_info"]["content_type"].native
    _, is_valid = validate_sig_integrity(signer, certificate, content_type, actual_digest=b"")
    return is_valid


def _holds_what_was_signed(token: cms.SignedData) -> bool:
    [signer] = token["signer_infos"]
    name = signer["digest_algorithm"]["algorithm"].native
    content = bytes(token["encap_content_info"]["content"])
    said = find_unique_cms_attribute(signer["signed_attrs"], "message_digest")
    return bool(hashlib.new(name, content).digest() == said.native)
