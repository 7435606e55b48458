"""What is no document of ours gets a verdict of its own, after little work and without an exception."""

from __future__ import annotations

import time

import pytest

from server.domain.release.verification import Verdict
from server.dossier.check.document import verify_document
from tests.dossier.foreign_files import pdf_files, plain_files

MAX_CPU = 2.0
"""Seconds of the processor, which other programs do not change."""


def test_no_file_costs_much_or_is_taken_for_one_of_ours(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = {**plain_files(), **pdf_files(tmp_path_factory.mktemp("key"))}
    assert len(files) >= 30
    found: dict[str, Verdict] = {}
    for name, (data, _) in files.items():
        began = time.process_time()
        report = verify_document(data)
        assert time.process_time() - began < MAX_CPU, name
        assert not report.holds
        found[name] = report.verdict
    assert found == {name: verdict for name, (_, verdict) in files.items()}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nothing", "file.empty"),
        ("a letter", "file.not_pdf"),
        ("a file over the limit", "file.too_large"),
    ],
)
def test_each_plain_fault_has_its_own_code(name: str, code: str) -> None:
    [finding] = verify_document(plain_files()[name][0]).findings
    assert finding.check == code


def test_each_kind_of_pdf_has_its_own_code(tmp_path_factory: pytest.TempPathFactory) -> None:
    files = pdf_files(tmp_path_factory.mktemp("key"))

    def codes(name: str) -> list[str]:
        return [finding.check for finding in verify_document(files[name][0]).findings]

    locked = [name for name in files if "password" in name or "encryption" in name]
    assert len(locked) == 4
    assert {name: codes(name) for name in locked} == {name: ["file.encrypted"] for name in locked}
    assert codes("half a PDF") == ["file.damaged", "document.attachments"]
    assert codes("a PDF that others signed") == ["document.kind"]
    assert codes("an advance copy") == codes("a rehearsal copy") == ["document.advance", "document.kind"]
