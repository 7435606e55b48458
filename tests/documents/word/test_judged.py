"""LibreOffice, which knows nothing of us, makes the same two texts of every file: all changes accepted, all
rejected. Its verdicts are kept (`make judge`), and those of the published schemas on what we write."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.documents.word.reading import read_file
from server.domain.text.files.deciding import decide
from server.domain.text.files.manuscript import Manuscript
from server.domain.text.numbering import number_clauses
from tests.documents.word.corpus import corpus
from tests.documents.word.judge import VERDICTS, digest_of_parts, digest_of_texts, paired, texts, written
from tests.documents.word.shapes.office import OFFICES

STORED: dict[str, dict[str, Any]] = json.loads(VERDICTS.read_text(encoding="utf-8"))
STALE = "the file is not the one that was judged: run make judge"


def test_the_corpus_has_the_shapes_of_many_offices() -> None:
    names = {name.partition("-")[0] for name in corpus()}
    assert names == {office.name for office in OFFICES} | {"libreoffice"}
    assert len(corpus()) >= 70
    assert {name.rpartition(".")[2] for name in corpus()} == {"docx", "odt"}


@pytest.mark.parametrize("name", sorted(corpus()))
def test_a_file_is_read_as_libreoffice_reads_it(name: str) -> None:
    data, verdict = corpus()[name], STORED[name]
    assert digest_of_parts(data) == verdict["file"], STALE
    manuscript = read_file(data)
    assert texts(manuscript, accept=True) == verdict["accepted"]
    assert texts(manuscript, accept=False) == verdict["rejected"]


def test_a_file_that_we_write_is_read_by_libreoffice_as_it_was_meant() -> None:
    for name, (data, manuscript) in {**written(), **paired()}.items():
        verdict = STORED[name]
        assert digest_of_parts(data) == verdict["file"], f"{name}: {STALE}"
        assert digest_of_texts(texts(manuscript, accept=True)) == verdict["accepted"], name
        assert digest_of_texts(texts(manuscript, accept=False)) == verdict["rejected"], name


def test_what_we_write_keeps_to_the_schemas_of_office_open_xml_and_open_document() -> None:
    """The tables of the Open XML SDK, and RELAX NG of ODF 1.3: Word repairs or refuses what does not."""
    faults = {name: STORED[name]["faults"] for name in {**written(), **paired()}}
    assert {name: found for name, found in faults.items() if found != []} == {}


def test_no_comment_is_lost_on_the_way() -> None:
    for name, (_, manuscript) in written().items():
        told = sum(1 + len(remark.replies) for remark in manuscript.remarks)
        assert STORED[name]["comments"] == told, name


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_clauses_are_numbered_by_libreoffice_as_here(ending: str) -> None:
    """Real numbering, not typed: it runs on over headings and begins anew below each clause."""
    for name, (_, manuscript) in written().items():
        if name.endswith(ending) and "numbers" in name:
            numbers = [label for label in STORED[name]["labels"] if label[:1].isalnum()]
            assert numbers == _labels(manuscript) == ["1.", "a)", "b)", "2.", "3.", "a)"], name


def _labels(manuscript: Manuscript) -> list[str]:
    blocks = decide(manuscript.blocks, accept=False)
    found = number_clauses(block.level if block.kind == "clause" else None for block in blocks)
    return [label for label in found if label]


@pytest.mark.parametrize("name", sorted(name for name in written() if name.endswith("docx")))
def test_what_is_written_as_docx_and_read_again_is_the_same(name: str) -> None:
    data, manuscript = written()[name]
    again = read_file(data)
    assert [_shape(block) for block in again.blocks] == [_shape(block) for block in manuscript.blocks]
    assert [(r.author, r.words, r.replies, r.resolved) for r in again.remarks] == [
        (r.author, r.words, r.replies, r.resolved) for r in manuscript.remarks
    ]


def _shape(block: Any) -> object:
    """With authors and times of what is proposed, without its numbers."""
    marks = [(run.text, _unnumbered(run.marks)) for run in block.runs]
    return block.kind, block.level, marks, _unnumbered(block.suggested)


def _unnumbered(marks: Any) -> list[tuple[str, object]]:
    return sorted((key.partition(":")[0], value) for key, value in marks.items())
