"""A decision that was taken on paper and recorded by the coordination."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level, timestamp
from server.signing.checks import Check
from server.signing.evidence.bundle_reader import Item
from server.signing.evidence.kind import EvidenceKind, Surroundings
from server.signing.evidence.recorded import check_recorded

_FIELDS: Final = frozenset({"kind", "recorded_at", "scan_sha256", "statement_sha256"})
_DETAIL: Final = (
    "Decided on paper and recorded by the coordination, which keeps the scan. The record is the service's "
    "own: only the paper itself proves the decision."
)


def paper_evidence(*, recorded_at: datetime, scan_digest: str, statement_digest: str) -> dict[str, object]:
    """`scan_digest` is the SHA-256 of the scan that the coordination keeps."""
    return {
        "kind": Level.PAPER.value,
        "recorded_at": timestamp(recorded_at),
        "scan_sha256": scan_digest,
        "statement_sha256": statement_digest,
    }


def _check(item: Item, _: Surroundings) -> Finding:
    return check_recorded(item, Check.SIGN_OFF_PAPER, _FIELDS, _DETAIL)


KIND: Final = EvidenceKind(level=Level.PAPER, fields=_FIELDS, check=_check)
