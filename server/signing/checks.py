"""The codes of everything that a check of a final document can say."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from server.domain.release.difference_sentences import difference_sentences
from server.domain.release.differences import Difference, DifferenceKind
from server.domain.release.verification import Finding, Outcome


class Check(StrEnum):
    """`area.subject`. Stable: pages and other programs translate them."""

    TEXT_DIGEST = "text.digest"
    """The attached text is the one that was signed off."""
    EVIDENCE_FORMAT = "evidence.format"
    EVIDENCE_DECLARATION = "evidence.declaration"
    """All statements name the same declaration and revision as the bundle."""
    EVIDENCE_RELYING_PARTY = "evidence.relying_party"
    EVIDENCE_UNIQUE = "evidence.unique"
    """No municipality and no passkey signature counts twice."""
    SIGN_OFF_STATEMENT = "sign_off.statement"
    SIGN_OFF_PASSKEY = "sign_off.passkey"
    SIGN_OFF_EMAIL_CODE = "sign_off.email_code"
    SIGN_OFF_PAPER = "sign_off.paper"
    SIGN_OFF_PDF_SIGNATURE = "sign_off.pdf_signature"
    PASSKEY_LIMITS = "passkey.limits"
    """What no passkey proves."""
    FILE_EMPTY = "file.empty"
    FILE_NOT_PDF = "file.not_pdf"
    FILE_TOO_LARGE = "file.too_large"
    FILE_ENCRYPTED = "file.encrypted"
    FILE_DAMAGED = "file.damaged"
    """Nothing in the file can be read."""
    FILE_PUBLISHED = "file.published"
    """The file is the one that the service publishes under the code on its pages; the browser asks."""
    FILE_UNFINISHED = "file.unfinished"
    """The check needed more time or memory than it may have."""
    DOCUMENT_KIND = "document.kind"
    """A document of ours: it has our seal or at least one of our attachments."""
    DOCUMENT_ADVANCE = "document.advance"
    """A copy for a rehearsal or for newsrooms, without seal: it proves nothing."""
    DOCUMENT_ATTACHMENTS = "document.attachments"
    DOCUMENT_PAGES = "document.pages"
    """The pages are what the renderer makes of the attachments."""
    DOCUMENT_TEXT = "document.text"
    """The pages show the signed text."""
    DOCUMENT_COPIES = "document.copies"
    """The pages of the signed copies show the same."""
    ANNEX_DECLARATION = "annex.declaration"
    """The annex names the text and the municipalities that its evidence names."""
    ADDENDUM_DECLARATION = "addendum.declaration"
    """The erratum or the withdrawal names the sealed declaration."""
    DOCUMENT_SIGNATORIES = "document.signatories"
    """The pages show exactly those who signed, with name, title, answer, level and time."""
    LOG_FORMAT = "log.format"
    LOG_INCLUSION = "log.inclusion"
    LOG_SIGN_OFF = "log.sign_off"
    """The sign-off stands in the log, with this evidence."""
    LOG_REGISTRATION = "log.registration"
    """The passkey stands in the log from the day it was registered."""
    LOG_HEAD = "log.head"
    """The attached tree head is the one that the proofs lead to."""
    LOG_HEAD_TIME = "log.head_time"
    SEAL_READABLE = "seal.readable"
    SEAL_PRESENT = "seal.present"
    SEAL_COVERAGE = "seal.coverage"
    SEAL_INTACT = "seal.intact"
    SEAL_CERTIFIES = "seal.certifies"
    """The seal forbids every later change of the content (DocMDP)."""
    SEAL_UNCHANGED = "seal.unchanged"
    """Nothing but time stamps was added after the seal."""
    SEAL_ALONE = "seal.alone"
    """Nobody else has signed the file."""
    SEAL_TRUSTED = "seal.trusted"
    SEAL_HOLDER = "seal.holder"
    SEAL_TEST_CERTIFICATE = "seal.test_certificate"
    SEAL_UNKNOWN_ISSUER = "seal.unknown_issuer"
    SEAL_REVOKED = "seal.revoked"
    SEAL_TIME = "seal.time"
    SEAL_LEVEL = "seal.level"
    SEAL_ARCHIVE_TIME = "seal.archive_time"


MAX_KEPT: Final = 100
"""Differences that a finding keeps: a stranger's file may differ everywhere."""


def proven(check: Check, detail: str, subject: str = "") -> Finding:
    return Finding(check, Outcome.PROVEN, detail, subject)


def limited(check: Check, detail: str, subject: str = "") -> Finding:
    return Finding(check, Outcome.LIMITED, detail, subject)


def broken(check: Check, detail: str, subject: str = "") -> Finding:
    return Finding(check, Outcome.BROKEN, detail, subject)


def missing(check: Check, detail: str, subject: str = "") -> Finding:
    return Finding(check, Outcome.MISSING, detail, subject)


def unreadable(check: Check, detail: str) -> Finding:
    """BROKEN, because pages cannot be read and so not be compared."""
    return Finding(check, Outcome.BROKEN, detail, differences=(Difference(DifferenceKind.UNREADABLE),))


def differs(check: Check, what: str, differences: Sequence[Difference]) -> Finding:
    """BROKEN, with every place at which pages and signed text part. `what` is a clause in English."""
    first = difference_sentences(differences[:1], str)[0]
    detail = (
        f"{what} ({len(differences)} {'difference' if len(differences) == 1 else 'differences'}). {first}"
    )
    return Finding(check, Outcome.BROKEN, detail, differences=tuple(differences[:MAX_KEPT]))
