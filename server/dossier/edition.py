"""The HTML edition of a final document: the same source, the same text, statements and evidence."""

from __future__ import annotations

from server.documents.edition.page import render_edition
from server.dossier.source import Source, attachments_of, final_text
from server.signing.evidence.signed_copy import copy_name


def edition_of(source: Source) -> bytes:
    """Deterministic. Copies with personal signatures are files for PDF software and stay in the PDF; all
    other attachments lie in the page too."""
    copies = [copy_name(ags) for ags in source.proofs.copies]
    return render_edition(final_text(source), attachments_of(source), only_in_pdf=copies)
