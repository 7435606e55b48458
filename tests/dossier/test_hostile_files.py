"""Files made to hurt the reader end as a finding: soon, and never as an exception."""

from __future__ import annotations

import pytest

from server.domain.verification import Outcome
from server.dossier.check.document import verify_document
from tests.dossier.hostile_files import hostile_files, with_attachments

FILES = hostile_files()


@pytest.mark.timeout(5)
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_as_a_finding(name: str) -> None:
    report = verify_document(FILES[name])
    assert not report.genuine
    assert any(finding.check.startswith("document.") for finding in report.findings)


@pytest.mark.timeout(5)
@pytest.mark.parametrize("data", [b"[" * 200_000, b'{"a":' * 200_000, b"9" * 5_000, b"NaN", b"\xff", b"{}"])
def test_json_without_end_or_sense_is_a_finding(data: bytes) -> None:
    names = ("erklaerung.json", "nachweise.json", "protokoll.json", "protokoll-kopf.json")
    report = verify_document(with_attachments(dict.fromkeys(names, data)))
    outcomes = {finding.check: finding.outcome for finding in report.findings}
    assert outcomes["document.text"] is Outcome.BROKEN
    assert outcomes["evidence.format"] is Outcome.BROKEN
