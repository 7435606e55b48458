"""What a final document must pass: an independent validator and our own checks."""

from __future__ import annotations

import page

from tests.documents.stream_lengths import is_false_alarm
from tests.documents.structure import check_structure


def faults(pdf: bytes) -> list[str]:
    """The validator's and our own, empty for a sound document."""
    try:
        own = check_structure(pdf)
    except ValueError as error:
        own = [str(error)]
    return [*own, *violations(pdf)]


def violations(pdf: bytes) -> list[str]:
    """Violations of PDF/A-3a and PDF/UA-1 by rule and object."""
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in ("3a", "ua1")]
    found = [failure for report in reports for failure in report.failures]
    return [f"{f.rule_id} {f.object_id} {f.message}" for f in found if not is_false_alarm(pdf, f)]
