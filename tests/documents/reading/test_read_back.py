"""What a reader of the file gets is what went in; files of strangers do no harm."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from server.documents.model import Attachment, FinalText
from server.documents.reading.attachments import read_attachments
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.render import render_document
from server.domain.release.differences import Difference, DifferenceKind
from server.domain.text.content import Block, Content, Run
from tests.documents import document_examples as examples
from tests.documents.document_conformance import violations
from tests.documents.structure import check_structure

READERS = (read_attachments, read_text, check_structure)


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def test_attachments_come_back_byte_for_byte() -> None:
    given = tuple(
        Attachment(f"anlage-{i}.bin", "application/octet-stream", "Anlage", "Supplement", data)
        for i, data in enumerate((b"", b"\r", b"\n\r", bytes(range(256)) * 500, b"endstream endobj"))
    )
    pdf = render_document(examples.small(), given)
    assert read_attachments(pdf) == {attachment.name: attachment.data for attachment in given}


def test_a_document_without_attachments_has_none() -> None:
    assert read_attachments(render_document(examples.small())) == {}


def test_two_attachments_of_one_name_are_refused() -> None:
    twice = examples.files(examples.small())[:1] * 2
    with pytest.raises(ValueError, match="one name"):
        render_document(examples.small(), twice)


def test_links_emphasis_and_labels_are_read(medium_pdf: bytes) -> None:
    blocks = read_text(medium_pdf)
    linked = [run for block in blocks for run in block.runs if run.link == examples.LINK]
    assert linked[0].text == "Verfahrensordnung der Digitalisierungsbeauftragten im Ortenaukreis"
    assert {block.label for block in blocks} >= {"1.", "a)", "aa)", "•", "–", "·"}


def test_addresses_with_umlauts_and_brackets_are_kept() -> None:
    addresses = (
        "https://example.org/Straße?q=Öl (neu)",
        "mailto:anna@example.org",
        "https://example.org/%C3%A4",
    )
    runs = [Run(f"Verweis {i} ", link=address) for i, address in enumerate(addresses)]
    content = Content((examples.block("paragraph", 0, *runs),))
    pdf = render_document(examples.final(content, ()))
    assert compare_with_content(pdf, content) == []
    assert violations(pdf) == []
    other = Content(
        (examples.block("paragraph", 0, *runs[:2], replace(runs[2], link="https://example.org/")),)
    )
    assert compare_with_content(pdf, other) == [Difference(DifferenceKind.LOOK, "1")]


def changed(content: Content, index: int, block: Block) -> Content:
    return Content((*content.blocks[:index], block, *content.blocks[index + 1 :]))


def test_every_kind_of_difference_is_found(medium_text: FinalText, medium_pdf: bytes) -> None:
    content = medium_text.content
    assert compare_with_content(medium_pdf, content) == []
    at, clause = next((i, b) for i, b in enumerate(content.blocks) if b.kind == "clause")
    first = clause.runs[0]
    others = (
        replace(clause, runs=(replace(first, text=first.text[:-1] + ","), *clause.runs[1:])),
        replace(clause, runs=(replace(first, em=True), *clause.runs[1:])),
        replace(clause, runs=(first, replace(clause.runs[1], link="https://example.com/"), *clause.runs[2:])),
        replace(clause, number="7."),
        Block("paragraph", 0, clause.runs),
        Block("quote", 0, (Run("anders"),)),
    )
    for other in others:
        assert compare_with_content(medium_pdf, changed(content, at, other)), other
    assert compare_with_content(medium_pdf, Content(content.blocks[:-1]))
    assert compare_with_content(medium_pdf, Content(content.blocks[::-1]))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"kein PDF" * 100, bytes(1000)])
def test_what_is_no_pdf_is_refused(read: object, data: bytes) -> None:
    assert callable(read)
    with pytest.raises(ValueError, match="PDF"):
        read(data)


@pytest.mark.parametrize("read", READERS)
def test_a_cut_or_damaged_file_raises_nothing_else(read: object, medium_pdf: bytes) -> None:
    assert callable(read)
    for at in range(0, len(medium_pdf), len(medium_pdf) // 25):
        damaged = (medium_pdf[:at], medium_pdf[:at] + b"\xff" + medium_pdf[at + 1 :])
        for data in damaged:
            try:
                read(data)
            except ValueError:
                continue


def test_a_text_without_structure_is_refused(medium_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        del pdf.Root.StructTreeRoot
        bare = saved(pdf)
    with pytest.raises(ValueError, match="no structure"):
        read_text(bare)


def test_an_attachment_that_unpacks_without_end_is_refused() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        bomb = pdf.make_stream(b"")
        bomb.write(zlib.compress(bytes(100 * 1024 * 1024), 9), filter=Name.FlateDecode)
        file = Dictionary(Type=Name.Filespec, EF=Dictionary(F=bomb))
        names = Array([String("bombe.bin"), pdf.make_indirect(file)])
        pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
        data = saved(pdf)
    with pytest.raises(ValueError, match="too large"):
        read_attachments(data)


def test_a_structure_that_contains_itself_is_refused(medium_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(medium_pdf)) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        document.K.append(document)
        data = saved(pdf)
    for read in (read_text, check_structure):
        with pytest.raises(ValueError, match=r"too deep|too large"):
            read(data)
