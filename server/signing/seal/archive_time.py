"""How long the newest archive time stamp of a file holds."""

from __future__ import annotations

import io
from datetime import datetime

from pyhanko.pdf_utils.reader import PdfFileReader

from server.domain.errors import SealFailed
from server.signing.seal.certificates import load_der


def archived_until(pdf: bytes) -> datetime | None:
    """The end of the certificate behind the newest document time stamp: before it a newer one is due
    (EN 319 142-1, 5.5). None for a file without one. Raises SealFailed for what cannot be read."""
    try:
        stamps = PdfFileReader(io.BytesIO(pdf), strict=True).embedded_timestamp_signatures
        if not stamps:
            return None
        return load_der([stamps[-1].signer_cert.dump()])[0].not_valid_after_utc
    except Exception as error:  # the parsers raise whatever they like
        raise SealFailed(reason="unreadable") from error
