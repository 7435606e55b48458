"""A copy of the sealed file for a time before it is public: the same pages with somebody's name across them.

The seal and all attachments are gone from it, so nothing in it can be taken for the document itself; what
it is stands on every page and in its description, where the check finds it
(`reading/copy_mark.py`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import pikepdf
from pikepdf import Name, Pdf, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from server.documents.reading.copy_mark import MARK

_FONT: Final = "KraftaktCopySans"
_DROPPED: Final = ("/AcroForm", "/Names", "/AF", "/Perms", "/DSS", "/Metadata", "/OpenAction")


@dataclass(frozen=True, slots=True)
class CopyMark:
    """`across`: in large letters over each page; `lines`: small, at its foot. `number` names this copy."""

    across: str
    lines: Sequence[str]
    number: str


def render_advance_copy(pdf: bytes, mark: CopyMark) -> bytes:
    """Of a PDF that we sealed ourselves."""
    _register()
    with Pdf.open(io.BytesIO(pdf)) as document:
        for key in _DROPPED:
            if key in document.Root:
                del document.Root[key]
        for page in document.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            _without_widgets(page)
            with Pdf.open(io.BytesIO(_sheet(width, height, mark))) as sheet:
                page.add_overlay(sheet.pages[0], pikepdf.Rectangle(0, 0, width, height))
        document.docinfo[MARK] = String(mark.number)
        out = io.BytesIO()
        document.save(out, linearize=False)
    return out.getvalue()


def _without_widgets(page: pikepdf.Page) -> None:
    """Fields for the seal and for time stamps."""
    if "/Annots" in page:
        kept = [each for each in page.Annots if each.get("/Subtype") != Name.Widget]
        page.Annots = pikepdf.Array(kept)


def _sheet(width: float, height: float, mark: CopyMark) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height))
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(52)
    size = min(58.0, 0.95 * height / max(pdfmetrics.stringWidth(mark.across, _FONT, 1), 1))
    canvas.setFont(_FONT, size)
    canvas.setFillColorRGB(0.48, 0.29, 0, alpha=0.16)
    canvas.drawCentredString(0, -size / 3, mark.across)
    canvas.restoreState()
    canvas.setFont(_FONT, 7.5)
    canvas.setFillColorRGB(0.48, 0.29, 0)
    for place, line in enumerate(reversed(mark.lines)):
        canvas.drawCentredString(width / 2, 14 + 9.5 * place, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@lru_cache(1)
def _register() -> None:
    """With ReportLab, once."""
    data = (files("server.documents") / "fonts" / "NotoSans-Bold.ttf").read_bytes()
    pdfmetrics.registerFont(TTFont(_FONT, io.BytesIO(data)))
