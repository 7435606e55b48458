"""What the file says of itself: language, page labels, names of its fields."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf

from server.documents.edition.page import render_edition
from server.documents.render import render_document
from tests.documents import document_examples as examples


def test_pages_are_labelled_with_the_printed_numbers() -> None:
    with pikepdf.open(io.BytesIO(render_document(examples.large()))) as pdf:
        assert [page.label for page in pdf.pages] == [str(i) for i in range(1, len(pdf.pages) + 1)]


def test_spare_fields_are_announced_as_reserved() -> None:
    with pikepdf.open(io.BytesIO(render_document(examples.small()))) as pdf:
        spoken = [str(field.TU) for field in pdf.Root.AcroForm.Fields if "Archiv" in str(field.T)]
    assert spoken == [f"Archivzeitstempel {i:02d}: reserviert, leer" for i in range(1, 11)]


def test_catalogue_and_metadata_name_one_language() -> None:
    text = replace(examples.small(), lang="fr")
    with pikepdf.open(io.BytesIO(render_document(text))) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert b"<dc:language><rdf:Bag><rdf:li>fr</rdf:li></rdf:Bag>" in pdf.Root.Metadata.read_bytes()
    assert b'<html lang="fr">' in render_edition(text)
