"""Whether a file can be a document of ours at all: what needs nothing but a reader of PDF."""

from __future__ import annotations

from server.documents.reading.attachments import read_attachments
from server.documents.reading.bounds import ensure_bounded_trees
from server.documents.reading.safe_streams import EncryptedPdf
from server.domain.release.verification import VerificationReport
from server.dossier.check.kind_of_file import encrypted, refuse_foreign
from server.dossier.check.refused_files import refuse_file
from server.signing.checks import Check, broken
from server.signing.seal.check.first_revision import ensure_one_trailer
from server.signing.seal.check.plain_writing import NotPlain


def look_at(pdf: bytes) -> VerificationReport | dict[str, bytes]:
    """The attachments of what may be ours, or all that can be said of what is not. Never raises for what is
    in the file."""
    if refused := refuse_file(pdf):
        return VerificationReport((refused,))
    try:
        ensure_bounded_trees(pdf)
        attached = read_attachments(pdf)
        if foreign := refuse_foreign(pdf, attached):
            return VerificationReport(foreign)
        ensure_one_trailer(pdf)
    except EncryptedPdf:
        return VerificationReport((encrypted(),))
    except (NotPlain, ValueError) as error:
        return _unreadable(str(error))
    return attached


def _unreadable(why: str) -> VerificationReport:
    """Nothing but this is said of such a file: the seal's own reader has no limits."""
    return VerificationReport(
        (
            broken(Check.FILE_DAMAGED, "The file is damaged and cannot be read."),
            broken(Check.DOCUMENT_ATTACHMENTS, f"The file cannot be read: {why}."),
        )
    )
