"""Whose kind of PDF a file is, before anything is said about its content."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from server.documents.reading.attachments import has_field
from server.documents.reading.copy_mark import copy_of
from server.documents.wording import SEAL_FIELD
from server.domain.release.verification import Finding
from server.dossier.attachment_names import (
    ADDENDUM_NAME,
    ANNEX_NAME,
    EVIDENCE_NAME,
    HEAD_NAME,
    LOG_NAME,
    PLAIN_TEXT_NAME,
    STAMP_NAME,
    TEXT_NAME,
)
from server.signing.checks import Check, broken, limited, missing

OURS: Final = frozenset(
    {
        ADDENDUM_NAME,
        ANNEX_NAME,
        EVIDENCE_NAME,
        HEAD_NAME,
        LOG_NAME,
        PLAIN_TEXT_NAME,
        STAMP_NAME,
        TEXT_NAME,
    }
)


def encrypted() -> Finding:
    return broken(Check.FILE_ENCRYPTED, "The file is encrypted, so that nothing in it can be checked.")


def refuse_foreign(pdf: bytes, attached: Collection[str]) -> tuple[Finding, ...]:
    """Nothing for what has at least one of our attachments or a field named like our seal's. Raises
    ValueError for what cannot be read."""
    if OURS & set(attached) or has_field(pdf, SEAL_FIELD):
        return ()
    kind = missing(
        Check.DOCUMENT_KIND, "The file is a PDF, but has neither our seal nor any of our attachments."
    )
    if not (number := copy_of(pdf)):
        return (kind,)
    return (limited(Check.DOCUMENT_ADVANCE, f"It calls itself the advance copy {number}."), kind)
