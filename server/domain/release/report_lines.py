"""The findings of a report as lines for people: what is alike is one line with its subjects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from server.domain.release.differences import Difference
from server.domain.release.finding_sentences import CHECKS, FAILED, LIMITS
from server.domain.release.verification import Finding, Outcome


@dataclass(frozen=True, slots=True)
class ReportLine:
    """`sentence` and `limit` are source strings of the catalogue; `details` are in English."""

    check: str
    outcome: Outcome
    sentence: str
    limit: str
    subjects: tuple[str, ...]
    details: tuple[str, ...]
    differences: tuple[Difference, ...]


def report_lines(findings: Iterable[Finding]) -> list[ReportLine]:
    """In the findings' order, those with the same check and outcome as one."""
    groups: dict[tuple[str, Outcome], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.check, finding.outcome), []).append(finding)
    return [_line(check, outcome, found) for (check, outcome), found in groups.items()]


def _line(check: str, outcome: Outcome, found: list[Finding]) -> ReportLine:
    """A check that is new here is named by its code."""
    sentences = CHECKS if found[0].holds else FAILED
    return ReportLine(
        check,
        outcome,
        sentences.get(check, check),
        LIMITS.get(check, "") if outcome is Outcome.LIMITED else "",
        tuple(dict.fromkeys(finding.subject for finding in found if finding.subject)),
        tuple(dict.fromkeys(finding.detail for finding in found)),
        tuple(difference for finding in found for difference in finding.differences),
    )
