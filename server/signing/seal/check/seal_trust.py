"""Who sealed, when, and who vouches for both: RFC 5280 paths and RFC 3161 time stamps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import async_validate_pdf_timestamp
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    DocumentTimestampStatus,
    PdfSignatureStatus,
    TimestampSignatureStatus,
)
from pyhanko_certvalidator import ValidationContext

from server.domain.release.verification import Finding, Outcome
from server.domain.sign_offs.statements import timestamp
from server.signing.checks import Check, broken, limited, proven
from server.signing.seal.certificates import holder, is_test, known_as, load_der
from server.signing.seal.check.envelope import embedded_certificates

_USAGE: Final = KeyUsageConstraints(
    key_usage={"non_repudiation", "digital_signature"}, match_all_key_usages=False
)
_CLOCKS: Final = timedelta(minutes=5)  # by which the clocks of authorities may differ
_OWN_CLOCK: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trust:
    """`roots` are DER; None: no roots are configured. `at` is the time of the check.
    `revocation`: with "hard-fail" nobody is trusted of whom the file does not show that they were not
    revoked."""

    roots: Sequence[bytes] | None
    at: datetime
    revocation: Literal["soft-fail", "hard-fail"] = "soft-fail"

    def context(self, reader: PdfFileReader, moment: datetime) -> ValidationContext:
        """Validation data come from the file alone; a check never asks the network."""
        facts: dict[str, Any] = {  # keyword arguments of many types, which the library passes on as such
            "trust_roots": [c for der in self.roots or () for c in load_certs_from_pemder_data(der)],
            "moment": moment,
            "revocation_mode": self.revocation,
            "retroactive_revinfo": True,
            "time_tolerance": _CLOCKS,
        }
        try:
            return DocumentSecurityStore.read_dss(reader).as_validation_context(facts)
        except NoDSSFoundError:
            return ValidationContext(**facts, crls=[], ocsps=[])


@dataclass(frozen=True, slots=True)
class SealStatus:
    """What the library says of the seal and of the document time stamps over it, oldest first."""

    status: PdfSignatureStatus
    archives: tuple[DocumentTimestampStatus, ...]


async def judge(reader: PdfFileReader, seal: EmbeddedPdfSignature, trust: Trust) -> SealStatus:
    """The seal's certificate is judged at its trusted time stamp, each time stamp at the next one.

    What later revisions change is no matter of the library: it would take long, and what may follow a seal or
    a copy has stricter rules (`later_revisions.py`, `copy_changes.py`)."""
    archives = await _judge_archives(reader, trust)
    stamped = next((a.timestamp for a in archives if a.trusted), trust.at)
    stamps = trust.context(reader, stamped)
    status = await async_validate_pdf_signature(
        seal, trust.context(reader, trust.at), stamps, key_usage_settings=_USAGE, skip_diff=True
    )
    stamp = status.timestamp_validity
    if stamp is not None and stamp.valid and stamp.trusted:
        status = await async_validate_pdf_signature(
            seal,
            trust.context(reader, stamp.timestamp),
            trust.context(reader, stamped),
            key_usage_settings=_USAGE,
            skip_diff=True,
        )
    return SealStatus(status, archives)


async def _judge_archives(reader: PdfFileReader, trust: Trust) -> tuple[DocumentTimestampStatus, ...]:
    """Newest first in the doing, oldest first in the result. Nothing newer protects the newest, so it is
    judged at its own time; that its certificate has expired since is a matter of `needs_renewal`."""
    moment, found = None, []
    for archive in reversed(reader.embedded_timestamp_signatures):
        own: datetime = archive.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
        context = trust.context(reader, moment or own)
        status = await async_validate_pdf_timestamp(archive, context, skip_diff=True)
        found.append(status)
        moment = status.timestamp if status.valid and status.trusted else moment
    return tuple(reversed(found))


def stood_at(judged: SealStatus) -> datetime | None:
    """The earliest time at which a trusted authority saw the sealed bytes; None without one."""
    stamps = (judged.status.timestamp_validity, *judged.archives)
    seen = [stamp.timestamp for stamp in stamps if stamp is not None and _is_sound(stamp)]
    return min(seen, default=None)


def _is_sound(stamp: TimestampSignatureStatus) -> bool:
    return stamp.intact and stamp.valid and stamp.trusted


def needs_renewal(judged: SealStatus, trust: Trust) -> bool:
    """The certificate of the newest document time stamp has expired."""
    newest = load_der([judged.archives[-1].signing_cert.dump()])[0]
    return newest.not_valid_after_utc < trust.at


def trust_finding(seal: EmbeddedPdfSignature, judged: SealStatus, trust: Trust) -> Finding:
    status, has_validation_data = judged.status, bool(judged.archives)
    certificate = embedded_certificates(seal.signed_data)[0]
    who = holder(certificate)
    if status.revoked:
        return broken(Check.SEAL_REVOKED, f"The certificate of {who} was revoked before the seal.", who)
    if trust.roots is not None and not status.trusted:
        return broken(
            Check.SEAL_UNKNOWN_ISSUER,
            f"The seal names {who}, but no authority that is trusted here vouches for that.",
            who,
        )
    if is_test(certificate):
        return limited(
            Check.SEAL_TEST_CERTIFICATE,
            "Sealed with a test certificate: this is a trial, not a document.",
            who,
        )
    if trust.roots is None:
        return limited(
            Check.SEAL_UNKNOWN_ISSUER,
            f"The seal names {who}. Whether the issuer of the certificate is to be trusted was not checked.",
            who,
        )
    issuer = known_as(certificate.issuer)
    vouched = f"{issuer} vouches that the seal is that of {who}"
    if not has_validation_data:
        return limited(Check.SEAL_TRUSTED, f"{vouched}; whether it has been revoked was not checked.", who)
    return proven(Check.SEAL_TRUSTED, f"{vouched} and had not revoked it.", who)


def time_finding(status: PdfSignatureStatus, trust: Trust) -> Finding:
    stamp = status.timestamp_validity
    if stamp is None:
        said = status.signer_reported_dt
        when = timestamp(said.astimezone(UTC)) if said else "an unknown time"
        return limited(
            Check.SEAL_TIME, f"Sealed at {when} by the service's own clock; no authority confirms the time."
        )
    return _stamp_finding(Check.SEAL_TIME, stamp, "The seal existed", trust)


def archive_findings(judged: SealStatus, trust: Trust) -> list[Finding]:
    """Oldest first. Each stamp lies behind what it covers: the seal, and the stamps before it."""
    found, before = [], _sealed_by(judged.status)
    for stamp in judged.archives:
        finding = _stamp_finding(Check.SEAL_ARCHIVE_TIME, stamp, "The whole file existed", trust)
        if finding.outcome is not Outcome.BROKEN and not before <= stamp.timestamp <= trust.at + _CLOCKS:
            detail = f"The time stamp says {timestamp(stamp.timestamp)}, which cannot be."
            finding = broken(Check.SEAL_ARCHIVE_TIME, detail, finding.subject)
        found.append(finding)
        before = max(before, stamp.timestamp - _CLOCKS)
    return found


def _sealed_by(status: PdfSignatureStatus) -> datetime:
    """No stamp over the seal can be older: an authority's time, or the service's own clock, which may be
    wrong by a day."""
    if status.timestamp_validity is not None:
        return status.timestamp_validity.timestamp - _CLOCKS
    said = status.signer_reported_dt
    return said.astimezone(UTC) - _OWN_CLOCK if said else datetime.min.replace(tzinfo=UTC)


def _stamp_finding(check: Check, stamp: TimestampSignatureStatus, what: str, trust: Trust) -> Finding:
    who = holder(load_der([stamp.signing_cert.dump()])[0])
    if not (stamp.intact and stamp.valid):
        return broken(check, "The time stamp does not belong to this file.", who)
    when = timestamp(stamp.timestamp)
    if stamp.trusted:
        return proven(check, f"{what} at {when}, as {who} confirms.", who)
    if trust.roots is not None:
        return broken(check, f"The time stamp is of {who}, for whom nobody vouches who is trusted here.", who)
    return limited(check, f"{what} at {when} according to {who}, whose trust was not established.", who)
