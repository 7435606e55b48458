"""Sealing once more what is sealed, with a key that is none: what the seal's revision may look like.

The revision that a seal adds follows from the file before it, the certificate, the time and the words of the
seal. Only the signature itself does not; so a verifier makes the revision again and compares all but that.
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import ExternalSigner

from server.signing.seal import certificates
from server.signing.seal.pdf_writer import writer
from server.signing.seal.signer import FIELD, SignerAt, seal_metadata
from server.signing.seal.stamp import stamp_style

_RESERVED: Final = 64 * 1024
"""Hexadecimal digits: more than any certificate needs."""


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What a seal says of itself. `end` is the offset behind the last byte that it covers, `holder` whom its
    certificate names, `again` makes its revision behind another file, with a signature that is none."""

    end: int
    holder: str
    is_test: bool
    at: datetime
    again: Callable[[bytes, Path, str, str, Sequence[str]], bytes]


def read_seal(pdf: bytes) -> SealFacts:
    """Raises ValueError for a file without a seal, and whatever the reader raises for a damaged one."""
    seals = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_regular_signatures
    if not seals or seals[0].self_reported_timestamp is None:
        raise ValueError("no seal with a time")
    seal, at = seals[0], seals[0].self_reported_timestamp
    certificate = x509.load_der_x509_certificate(seal.signer_cert.dump())

    def again(base: bytes, font: Path, reason: str, location: str, lines: Sequence[str]) -> bytes:
        """`lines` are the words of its picture."""
        signer = SignerAt(
            at,
            seal_metadata(FIELD, reason=reason, location=location),
            ExternalSigner(seal.signer_cert, None),
            stamp_style=stamp_style(font, lines),
        )
        made = signer.async_sign_pdf(writer(base), existing_fields_only=True, bytes_reserved=_RESERVED)
        return bytes(asyncio.run(made).getvalue())

    end = int(seal.byte_range[2]) + int(seal.byte_range[3])
    holder, is_test = certificates.holder(certificate), certificates.is_test(certificate)
    return SealFacts(end, holder, is_test, at, again)
