"""Copies for newsrooms and rehearsals, and what somebody could make of one."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from pikepdf import AttachedFileSpec, Dictionary, Name, Pdf, String

from server.documents.advance_copy import CopyMark, render_advance_copy
from server.documents.reading.attachments import read_attachments
from server.documents.reading.copy_mark import MARK


def copy(sealed: bytes) -> bytes:
    mark = CopyMark("Vorabexemplar", ("Nur zur Vorbereitung, Sperrfrist 18. Juni 2027, 10 Uhr",), "P-1")
    return render_advance_copy(sealed, mark)


def _changed(sealed: bytes, change: Callable[[Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(copy(sealed))) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def unmarked(sealed: bytes) -> bytes:
    def change(pdf: Pdf) -> None:
        del pdf.docinfo[MARK]

    return _changed(sealed, change)


def with_evidence(sealed: bytes) -> bytes:
    """From the document, which is public after the hour."""

    def change(pdf: Pdf) -> None:
        for name, data in read_attachments(sealed).items():
            pdf.attachments[name] = AttachedFileSpec(pdf, data, filename=name)

    return _changed(sealed, change)


def with_a_field(sealed: bytes) -> bytes:
    """Named like ours, with nothing in it."""

    def change(pdf: Pdf) -> None:
        field = Dictionary(FT=Name.Sig, T=String("Siegel"), Type=Name.Annot, Subtype=Name.Widget)
        field.Rect = pikepdf.Array([0, 0, 0, 0])
        pdf.Root.AcroForm = Dictionary(Fields=pikepdf.Array([pdf.make_indirect(field)]))

    return _changed(sealed, change)
