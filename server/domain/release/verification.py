"""What a check of a final document found. Never a bare yes or no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Final

from server.domain.release.differences import Difference, parse_difference

MAX_MEGABYTES: Final = 50
"""A larger file is not checked: ours have a few, and whoever makes one so large wants to cost us."""


class Verdict(StrEnum):
    """What all findings come to, for people and for scripts."""

    GENUINE = "genuine"
    """Everything holds, and the issuer of the seal is trusted."""
    ISSUER_UNCHECKED = "issuer_unchecked"
    """Everything holds, but whether the issuer of the seal is to be trusted was not checked."""
    TRIAL = "trial"
    """Everything holds, but the seal is by a test certificate, which anybody can make."""
    NOT_GENUINE = "not_genuine"
    FOREIGN = "foreign"
    """A readable PDF with neither our seal nor our attachments."""
    UNREADABLE = "unreadable"
    """Damaged so that nothing can be read, encrypted, too large or no PDF: nothing can be said of it."""


class Outcome(StrEnum):
    PROVEN = "proven"
    """Holds, by mathematics or by bytes."""
    LIMITED = "limited"
    """Holds as far as it goes; `detail` says what it does not prove."""
    BROKEN = "broken"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """`check` is a stable code, `detail` a plain sentence in English. `differences`: where pages were
    compared with what was signed, the places at which they say something else."""

    check: str
    outcome: Outcome
    detail: str
    subject: str = ""
    differences: tuple[Difference, ...] = ()

    @property
    def holds(self) -> bool:
        return self.outcome in (Outcome.PROVEN, Outcome.LIMITED)


FAILED_VERDICTS: Final[tuple[tuple[Verdict, frozenset[str]], ...]] = (
    (
        Verdict.UNREADABLE,
        frozenset(
            {
                "file.empty",
                "file.not_pdf",
                "file.too_large",
                "file.encrypted",
                "file.damaged",
                "file.unfinished",
            }
        ),
    ),
    (Verdict.FOREIGN, frozenset({"document.kind"})),
)
"""By the codes that are broken or missing; the first row wins. Any other one means not genuine."""

HELD_VERDICTS: Final[tuple[tuple[Verdict, frozenset[str]], ...]] = (
    (Verdict.TRIAL, frozenset({"seal.test_certificate"})),
    (Verdict.ISSUER_UNCHECKED, frozenset({"seal.unknown_issuer"})),
    (Verdict.GENUINE, frozenset({"seal.trusted"})),
)
"""By what is said about the issuer when everything holds; the first row wins."""


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The browser has the same table (`client/src/verify/verdict.ts`); `tests/browser_check/verdicts.json`
    holds them equal.

    Where nothing at all is said about the issuer, nobody vouches for the file: it is not genuine."""
    found = list(findings)
    failed = {finding.check for finding in found if not finding.holds}
    if failed:
        return next((verdict for verdict, codes in FAILED_VERDICTS if failed & codes), Verdict.NOT_GENUINE)
    held = {finding.check for finding in found}
    return next((verdict for verdict, codes in HELD_VERDICTS if held & codes), Verdict.NOT_GENUINE)


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What the seal says of itself. `at` is the authority's time where one stamped it (`attested_by`), else
    the service's own clock; empty where nothing is said."""

    holder: str
    issuer: str
    reason: str
    place: str
    at: str
    attested_by: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """`size` in bytes, `digest` is SHA-256 in hexadecimal digits, `at` the time of the check (UTC)."""

    name: str
    size: int
    digest: str
    at: str


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
    seal: SealFacts | None = None

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.findings)

    @property
    def holds(self) -> bool:
        """No finding is broken or missing. Says nothing about who sealed: see `verdict`."""
        return bool(self.findings) and all(finding.holds for finding in self.findings)

    def expecting(self, *holders: str) -> VerificationReport:
        """An authority vouches for the names of all its customers, and each of them can seal: whose seal it
        should be has to be asked besides. Only of what is genuine so far, as other names prove nothing."""
        if self.verdict is not Verdict.GENUINE or self.seal is None:
            return self
        who = self.seal.holder
        if who in holders:
            found = Finding("seal.holder", Outcome.PROVEN, f"The seal is that of {who}, as expected.", who)
        else:
            detail = f"The seal is that of {who}, not of who was expected."
            found = Finding("seal.holder", Outcome.BROKEN, detail, who)
        return replace(self, findings=(*self.findings, found))

    def to_json(self, file: CheckedFile | None = None) -> dict[str, object]:
        """`file`: what was checked and when, for a report that is kept."""
        about = {"file": asdict(file)} if file else {}
        return {
            "verdict": self.verdict.value,
            **about,
            "title": self.title,
            "revision": self.revision,
            "digest": self.digest,
            "seal": asdict(self.seal) if self.seal else None,
            "sign_offs": [
                {name: getattr(line, name) for name in SignOffLine.__slots__} for line in self.sign_offs
            ],
            "findings": [_finding_json(finding) for finding in self.findings],
        }


def _finding_json(finding: Finding) -> dict[str, object]:
    """Differences are named only where there are some: most findings are not about pages."""
    said = {
        "check": finding.check,
        "outcome": finding.outcome.value,
        "detail": finding.detail,
        "subject": finding.subject,
    }
    if not finding.differences:
        return {**said}
    return {**said, "differences": [difference.to_json() for difference in finding.differences]}


def parse_report(value: Mapping[str, Any]) -> VerificationReport:
    """What `to_json` wrote. Raises KeyError, TypeError or ValueError for anything else."""
    # Any: JSON that this module wrote
    findings = [
        Finding(
            f["check"],
            Outcome(f["outcome"]),
            f["detail"],
            f["subject"],
            tuple(parse_difference(difference) for difference in f.get("differences", ())),
        )
        for f in value["findings"]
    ]
    lines = [SignOffLine(**line) for line in value["sign_offs"]]
    return VerificationReport(
        tuple(findings),
        value["title"],
        value["revision"],
        value["digest"],
        tuple(lines),
        SealFacts(**value["seal"]) if value["seal"] else None,
    )
