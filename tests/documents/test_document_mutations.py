"""The gate that every final document passes notices each single fault."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Name

from server.documents.model import FinalText
from server.documents.reading.read_back import compare_with_content
from tests.documents import document_examples as examples
from tests.documents.document_conformance import faults
from tests.documents.document_mutations import MUTATIONS, Mutation


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return out.getvalue()


def test_saving_alone_is_no_fault(medium_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        assert faults(saved(pdf)) == []


def test_there_are_enough_mutations() -> None:
    assert len(MUTATIONS) >= 41


@pytest.mark.parametrize("mutation", MUTATIONS, ids=[m.__name__ for m in MUTATIONS])
def test_a_single_fault_is_noticed(mutation: Mutation, medium_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        mutation(pdf)
        assert faults(saved(pdf)) != []


def test_a_swapped_letter_is_noticed(medium_text: FinalText, medium_pdf: bytes) -> None:
    """ToUnicode says otherwise than the picture: no rule of form is broken."""
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == Name.Font:
                text = item.ToUnicode.read_bytes()
                item.ToUnicode.write(text.replace(b"<006E>", b"<006D>"))
        assert compare_with_content(saved(pdf), medium_text.content) != []


def test_a_moved_paragraph_is_noticed(medium_text: FinalText, medium_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        section = next(e for e in pdf.Root.StructTreeRoot.K[0].K if e.get("/T") == "Wortlaut")
        kids = list(section.K)
        section.K = pikepdf.Array([kids[1], kids[0], *kids[2:]])
        assert compare_with_content(saved(pdf), medium_text.content) != []


def test_the_examples_hold_what_is_to_be_mutated(medium_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        assert len(pdf.pages) >= 3
        assert len(pdf.Root.AF) == len(examples.files(examples.small()))
