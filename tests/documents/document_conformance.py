"""What a final document must pass: an independent validator and our own checks."""

from __future__ import annotations

import io

import page
import pikepdf

from server.documents.structure import check_structure


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
    if not found:
        return []
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [f"{f.rule_id} {f.object_id} {f.message}" for f in found if not _false_alarm(opened, f)]


def _false_alarm(pdf: pikepdf.Pdf, failure: page.ValidationFailure) -> bool:
    """The validator takes a stream's last byte for the line end before `endstream` if it is a CR."""
    if not failure.rule_id.endswith("-STREAM-LENGTH-001") or failure.object_id is None:
        return False
    stream = pdf.get_object(failure.object_id.object_number, failure.object_id.generation)
    return isinstance(stream, pikepdf.Stream) and stream.read_raw_bytes().endswith(b"\r")
