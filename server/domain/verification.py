"""What a check of a final document found. Never a bare yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    PROVEN = "proven"
    """Holds, by mathematics or by bytes."""
    LIMITED = "limited"
    """Holds as far as it goes; `detail` says what it does not prove."""
    BROKEN = "broken"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is a stable code, `detail` a plain sentence in English (`facts` fill translations)."""

    check: str
    outcome: Outcome
    detail: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class SignOffLine:
    municipality: str
    signatory: str
    title: str
    answer: str
    level: str
    at: str


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """`sign_offs` lists those that were proven, in the document's order."""

    findings: tuple[Finding, ...]
    title: str = ""
    revision: int = 0
    digest: str = ""
    sign_offs: tuple[SignOffLine, ...] = ()

    @property
    def genuine(self) -> bool:
        return bool(self.findings) and all(
            f.outcome in (Outcome.PROVEN, Outcome.LIMITED) for f in self.findings
        )

    def to_json(self) -> dict[str, object]:
        return {
            "genuine": self.genuine,
            "title": self.title,
            "revision": self.revision,
            "digest": self.digest,
            "sign_offs": [
                {name: getattr(line, name) for name in SignOffLine.__slots__} for line in self.sign_offs
            ],
            "findings": [
                {"check": f.check, "outcome": f.outcome.value, "detail": f.detail, "subject": f.subject}
                for f in self.findings
            ],
        }


def parse_report(value: Mapping[str, Any]) -> VerificationReport:
    """What `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    # Any: JSON that this module wrote
    findings = [
        Finding(f["check"], Outcome(f["outcome"]), f["detail"], f["subject"]) for f in value["findings"]
    ]
    lines = [SignOffLine(**line) for line in value["sign_offs"]]
    return VerificationReport(
        tuple(findings), value["title"], value["revision"], value["digest"], tuple(lines)
    )
