"""How a reader checks the document: code, address, digest, QR, seal."""

from __future__ import annotations

from typing import Final

from server.documents.model import FinalText
from server.documents.parts.qr_code import QrCode
from server.documents.parts.seal_box import SEAL_SIZE, SealBox
from server.documents.parts.signatories import hung_heading
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, Columns, KeepTogether
from server.documents.typeset.paragraph import Span, set_paragraph
from server.documents.typeset.styles import ACCENT, CODE, HANG, HEAD, HINT, MM, SMALL, WIDE
from server.documents.typeset.text_box import TextBox, natural_width, plain_box, text_box
from server.documents.wording import (
    ADDRESS,
    DIGEST,
    NOT_SEALED,
    QR_ALT,
    SEAL_FIELD,
    SEAL_TOOLTIP,
    VERIFICATION,
    VERIFICATION_TEXT,
)
from server.documents.wording import CODE as CODE_LABEL

_QR: Final = 26 * MM
_GAP: Final = 8 * MM
_COLUMN: Final = WIDE - _QR - _GAP
_GROUP: Final = 4
_GROUPS_A_LINE: Final = 8


def verification_boxes(text: FinalText, document: Element, *, with_digest: bool = True) -> list[Box]:
    """One block that is never divided; nothing where there is no code to verify."""
    if not text.short_code:
        return []
    section = document.add("Sect", title=VERIFICATION)
    heading = hung_heading(VERIFICATION, section)
    facts = KeepTogether([_code(text, section), *(_digest(text, section) if with_digest else [])])
    figure = section.add("Figure", alt=QR_ALT.format(address=text.verify_url))
    code = Columns(((-HANG, facts), (WIDE - HANG - _QR, QrCode(text.verify_url, _QR, figure))))
    width = WIDE - SEAL_SIZE[0] - _GAP
    hint = plain_box(VERIFICATION_TEXT, HINT, section.add("P"), width)
    seal = Columns(((-HANG, _seal(text, section)), (SEAL_SIZE[0] + _GAP - HANG, hint)), before=12)
    return [KeepTogether([heading, code, seal], before=heading.before)]


def _code(text: FinalText, section: Element) -> Columns:
    """The address stands beside the code."""
    code = Span(text.short_code, CODE.bold, CODE.size, ACCENT)
    width = set_paragraph([code], hyphenated=False).reach[-1] + 0.1
    address = Span(text.verify_url, SMALL.regular, SMALL.size, ACCENT, text.verify_url)
    beside = width + _GAP
    left = KeepTogether(
        [
            plain_box(CODE_LABEL, HEAD, section.add("P"), width),
            text_box([code], CODE, section.add("P"), width),
        ]
    )
    right = KeepTogether(
        [
            plain_box(ADDRESS, HEAD, section.add("P"), _COLUMN - beside),
            _lowered(text_box([address], SMALL, section.add("P"), _COLUMN - beside)),
        ]
    )
    return Columns(((0.0, left), (beside, right)), after=5)


def _digest(text: FinalText, section: Element) -> list[TextBox]:
    """Two lines of eight groups: as wide as the wider of them."""
    groups = digest_groups(text.digest)
    half = _GROUPS_A_LINE * (_GROUP + 1)
    width = max(natural_width(part.strip(), SMALL) for part in (groups[:half], groups[half:])) + 1
    label = plain_box(DIGEST, HEAD, section.add("P"), _COLUMN)
    return [label, plain_box(groups, SMALL, section.add("P"), width)]


def _seal(text: FinalText, section: Element) -> SealBox:
    tooltip = SEAL_TOOLTIP.format(issuer=text.issuer)
    return SealBox(SEAL_FIELD, tooltip, *SEAL_SIZE, section.add("Form"), NOT_SEALED)


def _lowered(address: TextBox) -> TextBox:
    """Its first baseline is that of the code."""
    address.before = CODE.first_baseline - SMALL.first_baseline
    return address


def digest_groups(digest: str) -> str:
    """Groups of four characters."""
    return " ".join(digest[i : i + _GROUP] for i in range(0, len(digest), _GROUP))
