"""Where the bytes of a seal lie, and whether they leave any gap: ISO 32000-1, 12.8.1 (ByteRange).

The library's own coverage check is about sizes; these are about places, and about the hexadecimal text of
the signature itself, which no signature covers.
"""

from __future__ import annotations

from typing import Final

from asn1crypto import cms
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.pdf_embedded import read_certification_data

from server.signing.seal.check.ber import value_length

MAX_CERTIFICATES: Final = 64
"""In one CMS value. Each is compared with each other one."""
MAX_REVISIONS: Final = 200


def ensure_few_revisions(reader: PdfFileReader) -> None:
    """Raises ValueError for more revisions, or more certificates in one signature, than a seal renewed for
    a century has."""
    if reader.xrefs.total_revisions > MAX_REVISIONS:
        raise ValueError("too many revisions")
    for signature in reader.embedded_signatures:
        ensure_few_certificates(signature.signed_data)


def ensure_few_certificates(signed: cms.SignedData) -> None:
    if len(signed["certificates"]) > MAX_CERTIFICATES:
        raise ValueError("too many certificates")


def covered_until(pdf: bytes, signature: EmbeddedPdfSignature, *, any_case: bool = False) -> int | None:
    """The offset behind the last covered byte, or None if anything before it but the signature's own value
    is uncovered or that value is written in an unusual way. `any_case`: small letters are usual too."""
    numbers = [int(number) for number in signature.byte_range]
    if len(numbers) != 4 or numbers[0] != 0:
        return None
    _, gap, resume, length = numbers
    value = pdf[gap:resume].upper() if any_case else pdf[gap:resume]
    expected = b"<" + bytes(signature.pkcs7_content).hex().upper().encode() + b">"
    return resume + length if value == expected and _is_padded(signature) else None


def _is_padded(signature: EmbeddedPdfSignature) -> bool:
    """Behind the DER value there is nothing but zeros."""
    value = bytes(signature.pkcs7_content)
    return not value[value_length(value) :].strip(b"\0")


def certifies(reader: PdfFileReader, signature: EmbeddedPdfSignature) -> bool:
    """The catalogue names this very signature as the one that forbids changes (12.8.2.2)."""
    certification = read_certification_data(reader)
    if certification is None or certification.author_sig is None:
        return False
    strict = certification.permission in (MDPPerm.NO_CHANGES, MDPPerm.FILL_FORMS)
    return strict and certification.author_sig.container_ref == signature.sig_object.container_ref
