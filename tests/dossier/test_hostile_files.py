"""Files made to hurt the reader end as a finding: after little work, and never as an exception."""

from __future__ import annotations

import time

import pytest

from server.domain.release.verification import Outcome, VerificationReport
from server.dossier.check.document import verify_document
from tests.dossier.hostile_files import hostile_files, with_attachments

MAX_CPU = 5.0
"""Seconds of the processor, which other programs do not change; the worst file takes about one."""


def verify(pdf: bytes, name: str = "") -> VerificationReport:
    began = time.process_time()
    report = verify_document(pdf)
    assert time.process_time() - began < MAX_CPU, name
    return report


def test_a_hostile_file_ends_as_a_finding() -> None:
    for name, data in hostile_files().items():
        report = verify(data, name)
        assert not report.holds, name
        assert any(finding.check.startswith("document.") for finding in report.findings), name


@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b"9" * 5_000, b"NaN", b"\xff", b"{}"])
def test_json_without_end_or_sense_is_a_finding(data: bytes) -> None:
    names = ("erklaerung.json", "nachweise.json", "protokoll.json", "protokoll-kopf.json")
    report = verify(with_attachments(dict.fromkeys(names, data)))
    outcomes = {finding.check: finding.outcome for finding in report.findings}
    assert outcomes["document.text"] is Outcome.BROKEN
    assert outcomes["evidence.format"] is Outcome.BROKEN
