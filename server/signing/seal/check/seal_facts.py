"""What a seal says of itself, for a report: whether it is true, the findings say."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from pyhanko.sign.validation import EmbeddedPdfSignature

from server.domain.release.verification import SealFacts
from server.domain.sign_offs.statements import timestamp
from server.signing.seal.certificates import holder, known_as, load_der
from server.signing.seal.check.envelope import embedded_certificates
from server.signing.seal.check.seal_trust import SealStatus

MAX_CHARS: Final = 500
"""Of a reason or a place; anybody can write them into a file."""


def seal_facts(seal: EmbeddedPdfSignature, judged: SealStatus) -> SealFacts:
    certificate = embedded_certificates(seal.signed_data)[0]
    at, authority = _stamped(judged)
    return SealFacts(
        holder=holder(certificate),
        issuer=known_as(certificate.issuer),
        reason=_entry(seal, "/Reason"),
        place=_entry(seal, "/Location"),
        at=timestamp(at.astimezone(UTC)) if at else "",
        attested_by=authority,
    )


def _stamped(judged: SealStatus) -> tuple[datetime | None, str]:
    """A stamp that belongs to another file says nothing about this one."""
    stamp = judged.status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid):
        return judged.status.signer_reported_dt, ""
    return stamp.timestamp, holder(load_der([stamp.signing_cert.dump()])[0])


def _entry(seal: EmbeddedPdfSignature, key: str) -> str:
    value = seal.sig_object.get(key, "")
    return value[:MAX_CHARS] if isinstance(value, str) else ""
