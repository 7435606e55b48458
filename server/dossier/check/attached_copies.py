"""Signed copies among the attachments of a final document."""

from __future__ import annotations

from collections.abc import Mapping

from server.documents.reading.attachments import read_attachments
from server.documents.reading.bounds import ensure_bounded_trees
from server.documents.reading.copy_changes import ensure_only_signed
from server.documents.signing_copy import FIELD, STATEMENT_NAME
from server.dossier.attachment_names import TEXT_NAME
from server.signing.evidence.kind import Copies, CopyParts


def attached_copies(attached: Mapping[str, bytes]) -> Copies:
    return Copies(attached, _read)


def _read(pdf: bytes, base: int) -> CopyParts:
    """The parts are read from what was handed out; what came later has no say in them, and may have changed
    nothing but the field."""
    ensure_bounded_trees(pdf)
    ensure_only_signed(pdf, base, FIELD)
    found = read_attachments(pdf[:base])
    return CopyParts(found[TEXT_NAME], found[STATEMENT_NAME])
