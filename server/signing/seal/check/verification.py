"""The check of a sealed file: what the seal proves, in findings, without network or database."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus

from server.domain.release.verification import Finding, SealFacts
from server.signing.checks import Check, broken, limited, missing, proven
from server.signing.seal.certificates import load_der
from server.signing.seal.check.later_revisions import ChangedAfterSeal, ensure_only_extended
from server.signing.seal.check.plain_revisions import ensure_plain
from server.signing.seal.check.plain_writing import NotPlain
from server.signing.seal.check.seal_facts import seal_facts
from server.signing.seal.check.seal_structure import (
    certifies,
    covered_until,
    ensure_few_revisions,
)
from server.signing.seal.check.seal_trust import (
    SealStatus,
    Trust,
    archive_findings,
    judge,
    needs_renewal,
    stood_at,
    time_finding,
    trust_finding,
)
from server.signing.seal.check.sound_values import ensure_sound_values

_NOT_PLAIN: Final = "The file is written so that programs can show different things: not as ours are."
"""Nothing else is said of such a seal: what one program finds there, another one may not."""


@dataclass(frozen=True, slots=True)
class SealCheck:
    """`stood_at`: a trusted authority confirms that the sealed bytes existed then; None without one."""

    findings: tuple[Finding, ...]
    stood_at: datetime | None = None
    facts: SealFacts | None = None


def check_seal(
    pdf: bytes, *, trust_roots: Sequence[bytes] | None = None, at: datetime | None = None
) -> list[Finding]:
    """The findings of `examine_seal`."""
    return list(examine_seal(pdf, trust_roots=trust_roots, at=at).findings)


def examine_seal(
    pdf: bytes, *, trust_roots: Sequence[bytes] | None = None, at: datetime | None = None
) -> SealCheck:
    """Says whether the file is whole, who sealed it, when, and what that is worth.

    `trust_roots` are DER certificates. With None nobody is trusted and the seal's holder is reported as
    LIMITED; with roots a seal that does not lead to one of them is BROKEN. `at` is the time of the check,
    by default now. Never raises: what cannot be read is a BROKEN finding. Blocks; run it in a thread.
    """
    try:
        ensure_plain(pdf)
        return asyncio.run(_check(pdf, Trust(trust_roots, at or datetime.now(UTC))))
    except NotPlain:
        return SealCheck((broken(Check.SEAL_UNCHANGED, _NOT_PLAIN),))
    except Exception as error:  # a stranger's bytes: the parsers below raise whatever they like
        detail = f"The seal is damaged and cannot be read ({type(error).__name__})."
        return SealCheck((broken(Check.SEAL_READABLE, detail),))


async def _check(pdf: bytes, trust: Trust) -> SealCheck:
    reader = PdfFileReader(io.BytesIO(pdf), strict=True)
    ensure_few_revisions(reader)
    seals = reader.embedded_regular_signatures
    if not seals:
        return SealCheck((missing(Check.SEAL_PRESENT, "The file carries no seal."),))
    seal = seals[0]
    ensure_sound_values(reader, seal, None if trust.roots is None else load_der(trust.roots))
    judged = await judge(reader, seal, trust)
    findings = (
        _coverage(pdf, reader),
        _intact(judged.status),
        _certifies(reader, seal),
        _unchanged(pdf, reader, seal),
        _alone(seals),
        trust_finding(seal, judged, trust),
        time_finding(judged.status, trust),
        *archive_findings(judged, trust),
        _level(judged, trust),
    )
    return SealCheck(findings, stood_at(judged), seal_facts(seal, judged))


def _coverage(pdf: bytes, reader: PdfFileReader) -> Finding:
    """Each signature and time stamp covers everything before it, and the newest the whole file."""
    ends = [covered_until(pdf, signature) for signature in reader.embedded_signatures]
    if None in ends:
        return broken(Check.SEAL_COVERAGE, "Bytes in the middle of the file are covered by no signature.")
    if max(end for end in ends if end is not None) != len(pdf):
        return broken(Check.SEAL_COVERAGE, "Bytes at the end of the file are covered by no signature.")
    return proven(Check.SEAL_COVERAGE, "Seal and time stamps cover every byte of the file.")


def _intact(status: PdfSignatureStatus) -> Finding:
    if not status.intact:
        return broken(Check.SEAL_INTACT, "The sealed bytes were changed after the seal.")
    if not status.valid:
        return broken(Check.SEAL_INTACT, "The signature of the seal is wrong.")
    return proven(Check.SEAL_INTACT, "The text, the names and all attachments are as they were sealed.")


def _certifies(reader: PdfFileReader, seal: EmbeddedPdfSignature) -> Finding:
    if certifies(reader, seal):
        return proven(Check.SEAL_CERTIFIES, "The seal forbids every later change of the content.")
    return broken(Check.SEAL_CERTIFIES, "The seal does not forbid later changes, as ours does.")


def _unchanged(pdf: bytes, reader: PdfFileReader, seal: EmbeddedPdfSignature) -> Finding:
    end = int(seal.byte_range[2]) + int(seal.byte_range[3])
    try:
        if end == len(pdf):
            return proven(Check.SEAL_UNCHANGED, "Nothing was added after the seal.")
        ensure_only_extended(pdf, end, reader)
    except ChangedAfterSeal:
        return broken(Check.SEAL_UNCHANGED, "The document was changed after the seal by a later revision.")
    return proven(
        Check.SEAL_UNCHANGED, "Nothing but time stamps and validation data was added after the seal."
    )


def _alone(seals: Sequence[EmbeddedPdfSignature]) -> Finding:
    if len(seals) == 1:
        return proven(Check.SEAL_ALONE, "The seal is the only signature in the file.")
    names = ", ".join(str(seal.field_name) for seal in seals[1:])
    return broken(Check.SEAL_ALONE, f"The file carries further signatures: {names}.")


def _level(judged: SealStatus, trust: Trust) -> Finding:
    if judged.archives and needs_renewal(judged, trust):
        return limited(Check.SEAL_LEVEL, "PAdES B-LTA, but the newest time stamp was not renewed in time.")
    if judged.archives and trust.roots is None:
        return limited(Check.SEAL_LEVEL, "PAdES B-LTA, if its authorities are to be trusted.")
    if judged.archives:
        return proven(Check.SEAL_LEVEL, "PAdES B-LTA: made to be checked long after its certificates expire.")
    if judged.status.timestamp_validity is not None:
        return limited(
            Check.SEAL_LEVEL, "PAdES B-T: the certificates must still be valid when it is checked."
        )
    return limited(Check.SEAL_LEVEL, "PAdES B-B: the seal carries no time stamp of an authority.")
