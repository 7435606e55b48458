"""How a reader checks the document: code, address, QR, digest, seal."""

from __future__ import annotations

from typing import Final

from server.documents.model import FinalText
from server.documents.parts.qr_code import QrCode
from server.documents.parts.seal_box import SEAL_SIZE, SealBox
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, Columns, KeepTogether
from server.documents.typeset.paragraph import Span
from server.documents.typeset.styles import ACCENT, BODY, CODE, HEAD, HEADINGS, MEASURE, MM, SMALL
from server.documents.typeset.text_box import TextBox, plain_box, text_box
from server.documents.wording import (
    ADDRESS,
    DIGEST,
    QR_ALT,
    SEAL,
    SEAL_TOOLTIP,
    VERIFICATION,
    VERIFICATION_TEXT,
)
from server.documents.wording import CODE as CODE_LABEL

SEAL_FIELD: Final = "Siegel"
_QR: Final = 31 * MM
_GAP: Final = 8 * MM
_COLUMN: Final = MEASURE - _QR - _GAP


def verification_boxes(text: FinalText, document: Element) -> list[Box]:
    """One block that is never divided; nothing where there is no code to verify."""
    if not text.short_code:
        return []
    section = document.add("Sect", title=VERIFICATION)
    heading = plain_box(VERIFICATION, HEADINGS[1], section.add("H2"), MEASURE)
    heading.outline = (1, VERIFICATION)
    intro = plain_box(VERIFICATION_TEXT, BODY, section.add("P"), MEASURE)
    figure = section.add("Figure", alt=QR_ALT.format(address=text.verify_url))
    code = Columns(
        ((0.0, QrCode(text.verify_url, _QR, figure)), (_QR + _GAP, _facts(text, section))), before=16
    )
    seal = Columns(((0.0, _digest(text, section)), (MEASURE - SEAL_SIZE[0], _seal(section))), before=_GAP)
    return [KeepTogether([heading, intro, code, seal], before=heading.before)]


def _facts(text: FinalText, section: Element) -> KeepTogether:
    code = Span(text.short_code, CODE.bold, CODE.size, ACCENT)
    address = Span(text.verify_url, SMALL.regular, SMALL.size, ACCENT, text.verify_url)
    return KeepTogether(
        [
            plain_box(CODE_LABEL, HEAD, section.add("P"), _COLUMN),
            _spaced(text_box([code], CODE, section.add("P"), _COLUMN), 12),
            plain_box(ADDRESS, HEAD, section.add("P"), _COLUMN),
            text_box([address], SMALL, section.add("P"), _COLUMN),
        ]
    )


def _digest(text: FinalText, section: Element) -> KeepTogether:
    width = MEASURE - SEAL_SIZE[0] - _GAP
    label = _spaced(plain_box(DIGEST, HEAD, section.add("P"), width), 4)
    return KeepTogether([label, plain_box(digest_groups(text.digest), SMALL, section.add("P"), width)])


def _seal(section: Element) -> KeepTogether:
    label = _spaced(plain_box(SEAL, HEAD, section.add("P"), SEAL_SIZE[0]), 4)
    return KeepTogether([label, SealBox(SEAL_FIELD, SEAL_TOOLTIP, *SEAL_SIZE, section.add("Form"))])


def _spaced(box: TextBox, after: float) -> TextBox:
    box.after = after
    return box


def digest_groups(digest: str) -> str:
    """Groups of four characters."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))
