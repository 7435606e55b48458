"""A one-time code that was sent to the signatory's personal address."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level, timestamp
from server.signing.checks import Check
from server.signing.evidence.bundle_reader import Item
from server.signing.evidence.kind import EvidenceKind, Surroundings
from server.signing.evidence.recorded import check_recorded

_FIELDS: Final = frozenset(
    {"kind", "sent_at", "confirmed_at", "address_hash", "code_hash", "statement_sha256"}
)
_DETAIL: Final = (
    "Confirmed with a one-time code sent to the signatory's personal address. The record of it is the "
    "service's own: there is no signature of the signatory that others could check."
)


def email_evidence(
    *, sent_at: datetime, confirmed_at: datetime, address_hash: str, code_hash: str, statement_digest: str
) -> dict[str, object]:
    """Hashes are 64 hexadecimal characters; take a keyed hash (HMAC) of the address, a plain one is guessed
    in no time and the package becomes public."""
    return {
        "kind": Level.EMAIL_CODE.value,
        "sent_at": timestamp(sent_at),
        "confirmed_at": timestamp(confirmed_at),
        "address_hash": address_hash,
        "code_hash": code_hash,
        "statement_sha256": statement_digest,
    }


def _check(item: Item, _: Surroundings) -> Finding:
    return check_recorded(item, Check.SIGN_OFF_EMAIL_CODE, _FIELDS, _DETAIL)


KIND: Final = EvidenceKind(level=Level.EMAIL_CODE, fields=_FIELDS, check=_check)
