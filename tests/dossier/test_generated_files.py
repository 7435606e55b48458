"""Two hundred hostile and foreign files: each ends with a sentence, after little work, never a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from server.cli.printed_report import PrintedReport
from server.domain.release.finding_sentences import FAILED
from server.domain.release.verification import CheckedFile, Verdict
from server.dossier.check.document import verify_document
from tests.dossier.foreign_files import pdf_files, plain_files
from tests.dossier.generated_files import generated_files
from tests.dossier.hostile_files import hostile_files

MAX_CPU = 2.0
HELD = {Verdict.GENUINE, Verdict.TRIAL, Verdict.ISSUER_UNCHECKED}


@pytest.fixture(scope="module")
def generated() -> dict[str, bytes]:
    return generated_files()


def test_there_are_two_hundred_with_those_made_by_hand(generated: dict[str, bytes], tmp_path: Path) -> None:
    whole = {**generated, **hostile_files(), **plain_files(), **pdf_files(tmp_path)}
    assert len(whole) >= 200


def test_each_ends_with_a_sentence_after_little_work(generated: dict[str, bytes]) -> None:
    printed = PrintedReport("de")
    about = CheckedFile("datei.pdf", 1, "0" * 64, "2026-06-17T10:00:00Z")
    for name, data in generated.items():
        began = time.process_time()
        report = verify_document(data)
        assert time.process_time() - began < MAX_CPU, name
        assert report.verdict not in HELD, name
        failed = [finding for finding in report.findings if not finding.holds]
        assert failed, name
        assert {finding.check for finding in failed} <= set(FAILED), name
        assert "Traceback" not in printed.render(report, about), name
