"""What a final document must pass: three independent validators and our own checks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import outloud
import page
import pdfua

from tests.documents.stream_lengths import is_false_alarm
from tests.documents.structure import check_structure

RUNNING_TITLE: Final = 780
"""Points from the foot of the page: above it stands nothing but the running title."""


def faults(pdf: bytes) -> list[str]:
    """The validators' and our own, empty for a sound document."""
    try:
        own = check_structure(pdf)
    except ValueError as error:
        own = [str(error)]
    return [*own, *violations(pdf), *other_judges(pdf)]


def violations(pdf: bytes) -> list[str]:
    """Violations of PDF/A-3a and PDF/UA-1 by rule and object."""
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in ("3a", "ua1")]
    found = [failure for report in reports for failure in report.failures]
    return [f"{f.rule_id} {f.object_id} {f.message}" for f in found if not is_false_alarm(pdf, f)]


def other_judges(pdf: bytes) -> list[str]:
    """PDF/UA-1 and WCAG as two more programs understand them, which read files only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(pdf)
        return [*_pdfua(path), *_outloud(path)]


def _pdfua(path: Path) -> Iterator[str]:
    for outcome in pdfua.validate(str(path)).outcomes:
        yield from (f"pdfua {outcome.rule_id} {finding.message}" for finding in outcome.findings)


def _is_misjudged(finding: outloud.findings.Finding) -> bool:
    """The running title is furniture, which PDF/UA-1 wants to be an artifact (7.8); the words of the seal's
    picture are said by its field's name (7.18.4); and in a table of two rows with a heading of its own each,
    headings are more than data."""
    tops = [box["y0"] for box in finding.boxes]
    return (
        (finding.rule == "TAG-002" and min(tops) > RUNNING_TITLE)
        or (finding.rule == "TAG-003" and str(finding.evidence).startswith("Elektronisches; Siegel"))
        or (finding.rule == "TBL-010" and finding.evidence == "Weg; Kommunen; Zeit")
    )


def _outloud(path: Path) -> Iterator[str]:
    result = outloud.check(str(path))
    yield from (f"outloud {finding}" for finding in result.findings if not _is_misjudged(finding))
    failed = (run for run in result.runs if run.status == "error")
    yield from (f"outloud {run.rule} could not run: {run.reason}" for run in failed)
