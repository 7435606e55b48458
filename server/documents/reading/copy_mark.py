"""What a copy for a time before the sealed file is public says of itself (`advance_copy.py`).

Apart from what makes such copies: the first look at a strange file needs only a reader of PDF.
"""

from __future__ import annotations

from typing import Final

import pikepdf
from pikepdf import Dictionary

from server.documents.reading.safe_streams import open_pdf

MARK: Final = "/KraftaktCopy"
_LONGEST: Final = 200


def copy_of(pdf: bytes) -> str:
    """The number that the file says it carries as such a copy; empty for any other. It proves nothing.
    Raises ValueError for what is no PDF."""
    with open_pdf(pdf) as opened:
        info = opened.trailer.get("/Info", Dictionary())
        found = info.get(MARK, "") if isinstance(info, pikepdf.Dictionary) else ""
        return str(found)[:_LONGEST] if isinstance(found, pikepdf.String) else ""
