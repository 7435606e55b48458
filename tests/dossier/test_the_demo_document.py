"""The sealed document of the demo, made by the real actions with 51 sign-offs, before strangers' eyes."""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
from pathlib import Path

import page
import pikepdf
import pytest

from server.cli.demo_pdf import write_demo_pdf
from server.documents.reading.attachments import read_attachments
from server.documents.reading.paint_rules import read_paint
from server.documents.reading.read_back import compare_with_content, read_text
from server.domain.release.verification import Outcome
from server.domain.text.content import parse_content
from server.dossier.attachment_names import EVIDENCE_NAME, TEXT_NAME
from server.dossier.check.document import verify_document
from tests.documents import stream_lengths
from tests.documents.structure import check_structure

SIGNATORIES = 51


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "erklaerung.pdf"
    assert write_demo_pdf(argparse.Namespace(out=str(out))) == 0
    return out


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_sealed_file_conforms(path: Path, profile: str) -> None:
    sealed = path.read_bytes()
    failures = page.validate_pdf_bytes(sealed, profile=profile).failures
    unexcused = [failure for failure in failures if not stream_lengths.is_false_alarm(sealed, failure)]
    assert [f"{f.rule_id} {f.message}" for f in unexcused] == []


def test_our_own_checks_find_nothing(path: Path) -> None:
    assert check_structure(path.read_bytes()) == []
    assert read_paint(path.read_bytes()).strange == []


def test_the_pages_say_what_is_attached(path: Path) -> None:
    pdf = path.read_bytes()
    attached = read_attachments(pdf)
    assert compare_with_content(pdf, parse_content(attached[TEXT_NAME])) == []
    statements = [json.loads(item["statement"]) for item in json.loads(attached[EVIDENCE_NAME])["sign_offs"]]
    assert len(statements) == SIGNATORIES
    said = " ".join(block.text.replace("\xad", "") for block in read_text(pdf))
    assert [s["municipality"]["name"] for s in statements if s["municipality"]["name"] not in said] == []


def test_it_verifies(path: Path) -> None:
    report = verify_document(path.read_bytes())
    assert report.holds
    assert len(report.sign_offs) == SIGNATORIES
    assert {finding.outcome for finding in report.findings} == {Outcome.PROVEN, Outcome.LIMITED}


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_no_fault(path: Path) -> None:
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert (done.returncode, "No syntax or stream encoding errors" in done.stdout) == (0, True)


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="poppler-utils is not installed")
def test_poppler_finds_the_seal_valid_over_the_whole_file(path: Path) -> None:
    done = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
    assert "Signature is Valid." in done.stdout
    assert "Total document signed" in done.stdout


def test_a_damaged_copy_passes_none_of_this(path: Path) -> None:
    with pikepdf.open(path) as pdf:
        del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo
        out = io.BytesIO()
        pdf.save(out)
    damaged = out.getvalue()
    for profile in ("3a", "ua1"):
        assert page.validate_pdf_bytes(damaged, profile=profile).failures
    assert not verify_document(damaged).holds
    assert check_structure(damaged)
