"""Two more judges of conformance find nothing in our documents, and something in one that was spoilt."""

from __future__ import annotations

import io

import pikepdf
import pytest

from tests.browser_check.sealed_files import an_annex, with_a_passkey_and_a_code
from tests.documents.document_conformance import other_judges


def spoilt(pdf: bytes, what: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if what == "no tags":
            del opened.Root.StructTreeRoot
            del opened.Root.MarkInfo
        if what == "no language":
            del opened.Root.Lang
        if what == "no title":
            opened.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=False)
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize("what", ["no tags", "no language", "no title"])
def test_both_judges_find_what_was_spoilt(medium_pdf: bytes, what: str) -> None:
    found = other_judges(spoilt(medium_pdf, what))
    assert {fault.split()[0] for fault in found} == {"pdfua", "outloud"}, found


def test_they_find_nothing_in_a_sealed_document(tmp_path_factory: pytest.TempPathFactory) -> None:
    file = with_a_passkey_and_a_code(tmp_path_factory.mktemp("sealed") / "world")
    assert other_judges(file.seal()) == []


def test_they_find_nothing_in_a_sealed_annex(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert other_judges(an_annex(tmp_path_factory.mktemp("annex") / "world").seal()) == []
