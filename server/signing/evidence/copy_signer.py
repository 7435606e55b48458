"""Who signed a copy with a certificate of their own, as the certificate names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.domain.sign_offs.statements import parse_timestamp, timestamp


@dataclass(frozen=True, slots=True)
class CopySigner:
    """Whom the certificate names. `subject` and `issuer` as people know them, `names` all personal names in
    it; `is_qualified`: its issuer states that it is a qualified one, for signatures, with a safe device."""

    subject: str
    issuer: str
    names: str
    since: datetime
    until: datetime
    is_qualified: bool

    def to_json(self) -> dict[str, object]:
        times = {"since": timestamp(self.since), "until": timestamp(self.until)}
        return {name: getattr(self, name) for name in CopySigner.__slots__} | times


def parse_signer(value: Mapping[str, Any]) -> CopySigner:
    """What `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    # Any: JSON that this module wrote
    times = {name: parse_timestamp(value[name]) for name in ("since", "until")}
    return CopySigner(**{**value, **times})
