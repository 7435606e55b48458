"""What people report of other programs that carry tracked changes in and out: none of it happens here."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from server.documents.word.docx.names import w
from server.documents.word.docx.writer import write_docx
from server.documents.word.reading import read_file
from server.documents.word.writing import FileFormat, write_file
from server.domain.text.files.deciding import decide, lines
from server.domain.text.files.manuscript import LossKind, Manuscript, author_of
from tests.documents.word.corpus import corpus
from tests.documents.word.shapes.office import NAMES, WORD, build
from tests.documents.word.shapes.pieces import ROSE, SAGE, THYME, Raw, Shape, T, p

OFFICES = ["word", "writer", "google", "pages"]


def read(scene: str, office: str = "word") -> Manuscript:
    return read_file(corpus()[f"{office}-{scene}.docx"])


def part(data: bytes, name: str) -> Any:
    with ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def proposals(manuscript: Manuscript) -> dict[str, set[str]]:
    """Types by id: ins, del, kind."""
    found: dict[str, set[str]] = {}
    for block in manuscript.blocks:
        for marks in (block.suggested, *(run.marks for run in block.runs)):
            for key in marks:
                name, _, number = key.partition(":")
                if name in ("ins", "del", "kind"):
                    found.setdefault(number, set()).add(name)
    return found


def authors(manuscript: Manuscript) -> set[tuple[str, int]]:
    return {
        author_of(value)
        for block in manuscript.blocks
        for marks in (block.suggested, *(run.marks for run in block.runs))
        for key, value in marks.items()
        if key.startswith(("ins:", "del:", "kind:"))
    }


@pytest.mark.parametrize("file_format", [FileFormat.DOCX, FileFormat.ODT])
def test_author_and_time_are_those_of_the_file_also_on_the_way_out(file_format: FileFormat) -> None:
    manuscript = read("words")
    assert {name for name, _ in authors(manuscript)} == {ROSE, THYME, SAGE}
    again = read_file(write_file(manuscript, "T", file_format))
    assert authors(again) == authors(manuscript)


@pytest.mark.parametrize("office", OFFICES)
def test_a_comment_that_begins_before_an_insertion_and_ends_in_it_keeps_its_place(office: str) -> None:
    manuscript = read("remarks", office)
    marked = [run.text for block in manuscript.blocks for run in block.runs if "comment:1" in run.marks]
    assert "".join(marked) == "werden bauen"
    body = part(write_docx(manuscript, "T"), "word/document.xml")
    for name in ("commentRangeStart", "commentRangeEnd"):
        assert {element.getparent().tag for element in body.iter(w(name))} == {w("p")}


@pytest.mark.parametrize("office", OFFICES)
def test_what_moved_is_there_once_and_both_ends_are_one_proposal(office: str) -> None:
    manuscript = read("moved", office)
    for accept in (True, False):
        assert lines(decide(manuscript.blocks, accept=accept)).count("Der Satz zieht um.") == 1
    assert list(proposals(manuscript).values()) == [{"ins", "del"}]


@pytest.mark.parametrize(("scene", "mark"), [("split", "ins"), ("join", "del")])
def test_the_end_of_a_paragraph_is_tracked(scene: str, mark: str) -> None:
    manuscript = read(scene)
    assert [next(iter(b.suggested)).split(":")[0] for b in manuscript.blocks if b.suggested] == [mark, mark]
    body = part(write_docx(manuscript, "T"), "word/document.xml")
    assert len(body.findall(f".//{w('pPr')}/{w('rPr')}/{w(mark)}")) == 2


def test_every_tracked_change_that_is_written_has_an_id_of_its_own() -> None:
    for name, data in corpus().items():
        body = part(write_docx(read_file(data), "T"), "word/document.xml")
        ids = [e.get(w("id")) for e in body.iter(w("ins"), w("del"), w("pPrChange"))]
        assert len(ids) == len(set(ids)), name


@pytest.mark.parametrize("file_format", [FileFormat.DOCX, FileFormat.ODT])
def test_a_deletion_in_somebody_else_s_insertion_stays_both(file_format: FileFormat) -> None:
    for manuscript in (
        read("within-another's"),
        read_file(write_file(read("within-another's"), "T", file_format)),
    ):
        both = [
            {key[:3]: author_of(value)[0] for key, value in run.marks.items()}
            for block in manuscript.blocks
            for run in block.runs
            if len(run.marks) == 2
        ]
        assert both == [{"ins": ROSE, "del": THYME}, {"ins": THYME, "del": SAGE}]


def test_paragraphs_that_come_or_go_at_the_very_end_leave_nothing_behind() -> None:
    gone = decide(read("deleted-paragraphs").blocks, accept=True)
    assert lines(gone) == ["Erklärung", "Dieser bleibt.", "Punkt, der bleibt."]
    back = decide(read("added-paragraphs").blocks, accept=False)
    assert lines(back) == ["Der alte Anfang.", "Alter Punkt."]


@pytest.mark.parametrize("file_format", list(FileFormat))
def test_written_twice_it_is_the_same_to_the_byte(file_format: FileFormat) -> None:
    for data in corpus().values():
        manuscript = read_file(data)
        assert write_file(manuscript, "T", file_format) == write_file(manuscript, "T", file_format)


def test_what_has_no_place_is_named_with_its_words() -> None:
    losses = {loss.kind: loss.words for loss in read("lost").losses}
    assert losses == {
        LossKind.TABLE: "Zelle A Zelle B",
        LossKind.FOOTNOTE: "Die Note.",
        LossKind.FORMULA: "… Formel:",
    }


@pytest.mark.parametrize("office", OFFICES)
def test_answers_and_what_is_settled_stand_in_their_threads(office: str) -> None:
    """Google Docs, which names no parents, writes answers as comments on the same passage."""
    remarks = {remark.words: remark for remark in read("remarks", office).remarks}
    assert [reply.words for reply in remarks["Frage"].replies] == ["Antwort"]
    assert remarks["Steht das fest?"].resolved is (office != "google")
    extended = part(write_docx(read("remarks"), "T"), "word/commentsExtended.xml")
    assert [dict(entry.attrib) for entry in extended if len(entry.attrib) == 3] != []


def test_names_of_styles_in_german_word_lead_to_the_same_kinds() -> None:
    kinds = [(block.kind, block.level) for block in read("plain").blocks]
    assert kinds == [
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 2),
        ("clause", 1),
        ("clause", 2),
        ("clause", 2),
        ("clause", 1),
        ("bullet", 1),
        ("bullet", 2),
        ("quote", 0),
        ("paragraph", 0),
    ]
    for office in OFFICES:
        assert [(block.kind, block.level) for block in read("plain", office).blocks] == kinds, office


def test_a_changed_kind_is_a_proposal_and_a_changed_look_is_named() -> None:
    manuscript = read("kinds")
    proposed = [str(v).split("|")[0] for b in manuscript.blocks for k, v in b.suggested.items()]
    assert proposed == ["heading:2", "clause:1", "paragraph:0", "clause:2"]
    assert [(loss.kind, loss.words) for loss in manuscript.losses] == [(LossKind.FORMAT_CHANGE, "gemacht")]


def test_an_insertion_beside_a_deletion_of_the_same_person_is_one_proposal() -> None:
    """Where somebody else's words stand between the two, they are two."""
    kinds = sorted(map(sorted, proposals(read("words")).values()))
    assert kinds == [["del"], ["del"], ["del", "ins"], ["ins"], ["ins"], ["ins"], ["ins"]]


_SHAPE = (
    "<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp>{}</wps:wsp></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing>"
)
_BOX = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>Im Kasten</w:t></w:r></w:p></w:txbxContent></wps:txbx>"
_TWICE = (
    f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{_SHAPE.format(_BOX)}</mc:Choice><mc:Fallback>'
    "<w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Im Kasten</w:t></w:r></w:p></w:txbxContent></v:textbox>"
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_CONTENTS = (
    f"<w:p>{_FIELD.format('begin')}<w:r><w:instrText> TOC \\o </w:instrText></w:r>{_FIELD.format('separate')}"
    f"<w:r><w:t>Netze 1</w:t></w:r></w:p><w:p><w:r><w:t>Schulen 2</w:t></w:r>{_FIELD.format('end')}</w:p>"
)


def test_boxes_pictures_contents_headers_and_hidden_words_are_named_and_left_out() -> None:
    head = f"<w:hdr {NAMES}><w:p><w:r><w:t>Vertraulich</w:t></w:r></w:p></w:hdr>"
    shape = Shape(
        (
            _CONTENTS,
            p("p", "Bild: ", Raw(f"<w:r>{_SHAPE.format('')}</w:r>"), " dort."),
            p("p", "Kasten: ", Raw(_TWICE)),
            p("p", "Verborgen", Raw("<w:r><w:rPr><w:vanish/></w:rPr><w:t>geheim</w:t></w:r>"), "."),
            p("p", T("Ziel", link="file:///C:/Ziel.docx"), "."),
        ),
        parts={"header1": head},
    )
    manuscript = read_file(build(WORD, shape))
    assert lines(manuscript.blocks) == ["Bild:  dort.", "Kasten: ", "Verborgen.", "Ziel."]
    assert [(loss.kind, loss.words) for loss in manuscript.losses] == [
        (LossKind.CONTENTS, "Netze 1"),
        (LossKind.PICTURE, "… Bild:"),
        (LossKind.TEXT_BOX, "Im Kasten"),
        (LossKind.OTHER, "geheim"),
        (LossKind.LINK, "… Verborgen."),
        (LossKind.HEADER, "Vertraulich"),
    ]
