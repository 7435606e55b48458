"""A personal PDF signature: a copy that its signatory signed with a certificate of their own.

A signing copy is a PDF of ours with one empty signature field. What comes back must begin with exactly these
bytes; one revision follows them, which fills the field and changes nothing that is read or printed. So the
signature covers our bytes, and our bytes carry text and statement.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from typing import Final

from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature

from server.signing.evidence.copy_qualified import says_qualified
from server.signing.evidence.copy_signer import CopySigner
from server.signing.passkeys.assertion_check import ensure
from server.signing.seal.certificates import holder, known_as, load_der
from server.signing.seal.check.seal_structure import covered_until, ensure_few_revisions
from server.signing.seal.check.seal_trust import Trust, judge

FIELD: Final = "Unterschrift"
MAX_COPY: Final = 4 * 1024 * 1024
"""Bytes; a signing copy has about 100 kB, a signature with its picture and certificates seldom more."""
_END: Final = b"\n%%EOF\n"
_NAMES: Final = (NameOID.COMMON_NAME, NameOID.GIVEN_NAME, NameOID.SURNAME)


@dataclass(frozen=True, slots=True)
class JudgedCopy:
    """`is_trusted`: a path leads to a trusted root; `is_unrevoked`: and the copy itself shows that nothing
    on it was revoked. Both False where nobody is trusted."""

    signer: CopySigner
    is_trusted: bool
    is_revoked: bool
    is_unrevoked: bool


def copy_name(ags: str) -> str:
    """Of the attachment, one a municipality."""
    return f"unterschrift-{ags}.pdf"


def judge_copy(pdf: bytes, base: int, trust: Trust) -> JudgedCopy:
    """`base` is the length of our bytes. Raises BrokenEvidence, or whatever the parsers raise, unless the
    field is filled by a signature that is right and covers everything. That nothing else was changed is for
    readers of the copy to see. Blocks; run it in a thread."""
    return asyncio.run(_judge(pdf, base, trust))


def accept_copy(pdf: bytes, base: int, trust: Trust) -> CopySigner:
    """`judge_copy` when a copy is handed in: then the certificate must be valid, and not known to be revoked.
    The library looks, too, whether more was changed than the field; in a long text that takes half a second.
    """
    judged = judge_copy(pdf, base, trust)
    _ensure_unaltered(_open(pdf))
    signer = judged.signer
    ensure(signer.since <= trust.at <= signer.until, "The certificate is not valid now.")
    ensure(not judged.is_revoked, "The certificate was revoked.")
    return signer


async def _judge(pdf: bytes, base: int, trust: Trust) -> JudgedCopy:
    reader, signature = _read(pdf, base)
    status = (await judge(reader, signature, trust)).status
    ensure(status.intact, "The copy was changed after it was signed.")
    ensure(status.valid, "The signature on the copy is wrong.")
    is_unrevoked = status.trusted and await _is_unrevoked(reader, signature, trust)
    return JudgedCopy(_signer(signature), status.trusted, bool(status.revoked), is_unrevoked)


def _read(pdf: bytes, base: int) -> tuple[PdfFileReader, EmbeddedPdfSignature]:
    ensure(0 < base < len(pdf) <= MAX_COPY, "The copy bears no signature, or is too large.")
    ensure(pdf[:base].endswith(_END), "What was handed out ends elsewhere.")
    reader, before = _open(pdf), _open(pdf[:base])
    _ensure_one_revision(reader, before)
    ensure_few_revisions(reader)
    signatures = reader.embedded_signatures
    ensure(bool(signatures), "The copy bears no signature.")
    ensure(
        [s.field_name for s in signatures] == [FIELD],
        "The copy bears another signature than the one asked for.",
    )
    ensure(
        covered_until(pdf, signatures[0], any_case=True) == len(pdf),
        "The signature does not cover the whole copy.",
    )
    names = {attribute["type"].native for attribute in signatures[0].signer_info["signed_attrs"]}
    ensure(bool(names & _NAMES_CERTIFICATE), "The signature does not name its certificate.")
    return reader, signatures[0]


_NAMES_CERTIFICATE: Final = {"signing_certificate", "signing_certificate_v2"}
"""ETSI EN 319 122-1, 5.2.2: without it, the certificate could be exchanged for another of the same key."""


def _open(pdf: bytes) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(pdf), strict=True)


def _ensure_one_revision(reader: PdfFileReader, before: PdfFileReader) -> None:
    """The newer file is built upon the older one, not merely put behind it."""
    counts = before.xrefs.total_revisions, reader.xrefs.total_revisions
    begins = [each.xrefs.get_startxref_for_revision(0) for each in (before, reader)]
    ensure(counts == (1, 2) and begins[0] == begins[1], "The copy has other revisions than the signature's.")


def _ensure_unaltered(reader: PdfFileReader) -> None:
    found = DEFAULT_DIFF_POLICY.review_file(reader, 0)
    kept = (
        isinstance(found, DiffResult)
        and found.modification_level <= ModificationLevel.FORM_FILLING
        and found.changed_form_fields == {FIELD}
    )
    ensure(kept, "More than the signature field was changed in the copy.")


async def _is_unrevoked(reader: PdfFileReader, signature: EmbeddedPdfSignature, trust: Trust) -> bool:
    strict = Trust(trust.roots, trust.at, "hard-fail")
    return (await judge(reader, signature, strict)).status.trusted


def _signer(signature: EmbeddedPdfSignature) -> CopySigner:
    certificate = load_der([signature.signer_cert.dump()])[0]
    names = " ".join(
        str(value.value) for oid in _NAMES for value in certificate.subject.get_attributes_for_oid(oid)
    )
    return CopySigner(
        holder(certificate),
        known_as(certificate.issuer),
        names,
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        says_qualified(signature.signer_cert),
    )
