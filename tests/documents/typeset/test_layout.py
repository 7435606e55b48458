"""Pages without a widow, an overflow or a clipped name, from one page to more than forty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from server.documents.model import FinalText, SignatoryLine
from server.documents.parts.statements import statement_boxes
from server.documents.reading.read_back import compare_with_content, read_text
from server.documents.render import document_boxes, render_document
from server.documents.tagging.tree import Element
from server.documents.typeset.boxes import Box, Columns, KeepTogether
from server.documents.typeset.letters.characters import BREAKING_SPACES
from server.documents.typeset.letters.faces import Style
from server.documents.typeset.line_breaking import break_lines
from server.documents.typeset.pages import Page, paginate
from server.documents.typeset.paragraph import Paragraph, Span, set_paragraph
from server.documents.typeset.styles import BOTTOM, CELL, FIRST_TOP, MEASURE, TOP
from server.documents.typeset.table import Table, drops
from server.documents.typeset.text_box import ORPHANS, TextBox
from server.documents.typeset.two_columns import TwoColumns
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level
from server.domain.text.content import HARD_BREAK, Content
from tests.documents import document_examples as examples
from tests.documents.structure import check_structure

WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
LONG_NAME = "Freifrau Dr. Anna-Katharina Wilhelmine von und zu Beispiel-Musterhausen-Oberunterbergheim " * 2


def many_clauses(count: int) -> Content:
    clauses = [
        examples.block("clause", 1, " ".join(examples.SENTENCES[i % 3 : i % 3 + 2])) for i in range(count)
    ]
    return examples.numbered([examples.block("heading", 1, "Erklärung"), *clauses])


def long_words() -> Content:
    words = ("x" * 200, (WORD * 3)[:200], "https://example.org/" + "a" * 180, "Ä̱" * 100)
    blocks = [
        examples.block(kind, level, f"Vorher {word} nachher.")
        for word in words
        for kind, level in (("paragraph", 0), ("heading", 2), ("clause", 3), ("bullet", 3), ("quote", 0))
    ]
    return examples.numbered([examples.block("heading", 1, words[1]), *blocks])


def long_names() -> tuple[SignatoryLine, ...]:
    town = Municipality(
        "08317999", "Bad Musterhausen-Oberunterbergheim am Beispielsee (Schwarzwald)", MunicipalityKind.STADT
    )
    line = replace(
        examples.signatories(1)[0],
        municipality=town,
        name=LONG_NAME.strip(),
        title="Erste Beigeordnete und ständige Vertreterin des Oberbürgermeisters",
        deputy=True,
        represents=LONG_NAME.strip(),
    )
    return (line, replace(line, name="W" * 120))


TEXTS = {
    "one page": examples.small(),
    "51 signatories": examples.final(examples.starter(), examples.signatories()),
    "every construct": examples.large(),
    "500 clauses": examples.final(many_clauses(500), examples.signatories(7)),
    "words of 200 letters": examples.final(long_words(), examples.signatories(2)),
    "very long names": examples.final(examples.starter(), long_names()),
    "200 signatories": examples.final(examples.starter(), examples.crowded()),
    "many statements": examples.final(
        examples.starter(),
        tuple(replace(line, statement="\n\n".join(examples.SENTENCES)) for line in examples.signatories()),
    ),
}


@pytest.fixture(params=TEXTS.values(), ids=TEXTS)
def text(request: pytest.FixtureRequest) -> FinalText:
    found = request.param
    assert isinstance(found, FinalText)
    return found


@pytest.fixture
def pages(text: FinalText) -> list[Page]:
    return paginate(document_boxes(text, Element("Document")))


def text_boxes(box: Box, width: float = MEASURE) -> Iterator[tuple[TextBox, float]]:
    """All paragraphs within, each with the width that it may take."""
    if isinstance(box, TextBox):
        yield box, width - box.indent
    elif isinstance(box, KeepTogether):
        for inner in box.boxes:
            yield from text_boxes(inner, width)
    elif isinstance(box, Columns):
        offsets = [offset for offset, _ in box.columns]
        yield from beside(offsets, [[inner] for _, inner in box.columns], width)
    elif isinstance(box, TwoColumns):
        for item in box.items:
            yield from beside(item.offsets, item.cells, box.width)
    elif isinstance(box, Table):
        for row in (box.head, *box.rows):
            yield from beside(box.offsets, row.cells, box.width)


def beside(
    offsets: Sequence[float], cells: Sequence[Sequence[Box]], width: float
) -> Iterator[tuple[TextBox, float]]:
    for offset, edge, cell in zip(offsets, [*offsets[1:], width], cells, strict=True):
        for inner in cell:
            yield from text_boxes(inner, edge - offset)


def visible_width(paragraph: Paragraph, begin: int, end: int) -> float:
    """Without spaces at the end of the line, also those before a forced end."""
    while end > begin and paragraph.atoms[end - 1].source in BREAKING_SPACES | {HARD_BREAK}:
        end -= 1
    return paragraph.reach[end] - paragraph.reach[begin]


def test_everything_stands_within_the_frame(pages: list[Page]) -> None:
    for i, page in enumerate(pages):
        assert page.placed
        edge = TOP if i else FIRST_TOP
        for top, box in page.placed:
            assert top <= edge + 0.001
            edge = top - box.height
            assert edge >= BOTTOM - 0.001


def test_no_line_is_wider_than_its_column(pages: list[Page]) -> None:
    for page in pages:
        for _, placed in page.placed:
            for box, width in text_boxes(placed):
                for line in box.lines:
                    assert visible_width(box.paragraph, line.begin, line.end) <= width + 0.02


def test_no_heading_is_left_at_the_foot_of_a_page(pages: list[Page]) -> None:
    for page in pages:
        assert not page.placed[-1][1].keep_next


def test_no_line_and_no_row_is_left_alone(pages: list[Page]) -> None:
    for page in pages:
        for _, box in (page.placed[0], page.placed[-1]):
            if isinstance(box, TextBox) and len(box.lines) < ORPHANS:
                assert (box.lines[0].begin, box.lines[-1].end) == (0, len(box.paragraph.atoms))
            if isinstance(box, Table) and box.head.cells[0][0].element is None:
                assert len(box.rows) >= 2 or box.rows[0].height > 4 * CELL.leading


def test_text_and_names_are_whole(text: FinalText) -> None:
    pdf = render_document(text)
    assert compare_with_content(pdf, text.content) == []
    assert check_structure(pdf) == []
    said = [block.text.replace("\u00ad", "") for block in read_text(pdf)]
    for line in text.signatories:
        assert line.municipality.name in said
        assert line.title in said
        assert any(name in said for name in (line.name, f"i.\u00a0V. {line.name}"))


def test_500_clauses_fill_more_than_forty_pages() -> None:
    text = TEXTS["500 clauses"]
    assert len(paginate(document_boxes(text, Element("Document")))) >= 40
    labels = [block.label for block in read_text(render_document(text)) if block.kind == "item"]
    assert labels == [f"{i}." for i in range(1, 501)]


@example("aaa//ÄÄ\u00ada", 40.0, False)  # the hyphen alone would reach over the edge
@example("cÜÄ\u00adeßÖ\u00a0 \u2028ü-.", 42.0, False)  # a space before the forced end reaches over it
@given(
    st.text(st.sampled_from("abcdefgäöü ÄÖÜß-/.,\u00a0\u00ad\u2028\u200b "), max_size=300),
    st.floats(40, 500),
    st.booleans(),
)
@settings(deadline=None, max_examples=200)
def test_lines_hold_every_atom_once_and_keep_to_the_measure(
    text: str, measure: float, displayed: bool
) -> None:
    paragraph = set_paragraph([Span(text, Style.SERIF, 10, (0, 0, 0))], displayed=displayed)
    lines = break_lines(paragraph, measure)
    assert [i for line in lines for i in range(line.begin, line.end)] == list(range(len(paragraph.atoms)))
    for line in lines:
        hyphen = 3.3 if line.hyphen else 0.0
        assert visible_width(paragraph, line.begin, line.end) + hyphen <= measure + 0.02


@pytest.mark.parametrize("count", range(1, 52, 2))
def test_how_to_verify_stands_with_how_it_was_signed_unless_that_empties_a_page(count: int) -> None:
    text = examples.final(examples.starter(), examples.signatories(count))
    pages = paginate(document_boxes(text, Element("Document")))
    last = [box for _, box in pages[-1].placed]
    assert len(last) > 1 or pages[-2].used > 0.4
    assert_no_page_is_nearly_empty(pages)


@pytest.mark.parametrize("count", [1, 2, 5, 9, 20, 51])
@pytest.mark.parametrize("chapters", [0, 1, 2, 3])
def test_no_page_but_the_last_is_half_empty(chapters: int, count: int) -> None:
    text = examples.final(examples.every_construct(chapters), examples.signatories(count))
    assert_no_page_is_nearly_empty(paginate(document_boxes(text, Element("Document"))))


def assert_no_page_is_nearly_empty(pages: list[Page]) -> None:
    """Half full at least, but for the last; the last but one may be a little less full where it spared
    something for the last, which would show less than a third of a page otherwise."""
    assert [page.used for page in pages[:-2] if page.used < 0.5] == []
    assert all(page.used >= (0.4 if pages[-1].used >= 0.5 else 0.5) for page in pages[-2:-1])


def test_a_last_page_that_would_be_nearly_empty_begins_with_a_part_of_the_document() -> None:
    """Place, day and names go along with proof and seal."""
    short = examples.numbered(examples.starter().blocks[:5])
    text = replace(examples.final(short, examples.signatories(1)), place="Offenburg")
    _, last = paginate(document_boxes(text, Element("Document")))
    assert next(box.paragraph.text for _, box in last.placed if isinstance(box, TextBox)) == "Offenburg"
    assert last.used > 0.4


def test_a_last_page_with_nothing_but_proof_and_seal_is_saved_by_less_white_space() -> None:
    lines = (
        replace(line, level=Level.PASSKEY, answer=Answer.SIGNS, statement="Ja." if at % 6 == 3 else "")
        for at, line in enumerate(examples.signatories(47))
    )
    text = examples.final(examples.starter(), tuple(replace(line, name="Alma Akelei") for line in lines))
    *_, last = pages = paginate(document_boxes(text, Element("Document")))
    assert (len(pages), any(isinstance(box, TwoColumns) for _, box in last.placed)) == (4, True)


def in_columns(pages: list[Page]) -> list[TwoColumns]:
    return [box for page in pages for _, box in page.placed if isinstance(box, TwoColumns)]


def test_a_group_that_goes_on_over_a_page_repeats_its_heading() -> None:
    towns = (replace(line.municipality, kind=MunicipalityKind.STADT) for line in examples.signatories() * 3)
    lines = tuple(replace(examples.signatories(1)[0], municipality=town) for town in towns)
    text = examples.final(examples.starter(), lines)
    _, *later = in_columns(paginate(document_boxes(text, Element("Document"))))
    assert len(later) >= 2
    for box in later:
        [[heading]] = box.items[0].cells
        assert (heading.paragraph.text, heading.element) == ("Städte (Fortsetzung)", None)
    assert check_structure(render_document(text)) == []


def test_a_column_that_goes_on_with_another_group_than_the_one_beside_it_says_which() -> None:
    text = examples.final(examples.starter(), examples.signatories())
    first, second = in_columns(paginate(document_boxes(text, Element("Document"))))
    said = [box.goes_on.cells[0][0].paragraph.text if box.goes_on else "" for box in (first, second)]
    assert said == ["Städte (Fortsetzung)", ""]


@pytest.mark.parametrize(("words", "beside"), [("Ja.", True), (" ".join(examples.SENTENCES * 3), False)])
def test_short_statements_stand_beside_the_names_and_long_ones_below(words: str, beside: bool) -> None:
    lines = tuple(replace(line, statement=words) for line in examples.signatories(9))
    boxes = statement_boxes(lines, Element("Document"))
    assert [isinstance(box, TextBox) and box.label is not None for box in boxes].count(True) == 9 * beside
    assert len(boxes) == 1 + (9 if beside else 18)
    section = Element("Document")
    statement_boxes(lines, section)
    [statements] = [kid for kid in section.kids if isinstance(kid, Element)]
    tags = [kid.tag for kid in statements.kids if isinstance(kid, Element)]
    assert tags == ["H2", *["H3", "P"] * 9]


@pytest.mark.parametrize("count", range(1, 52))
def test_columns_part_no_heading_and_no_single_row_from_its_group(count: int) -> None:
    text = examples.final(examples.starter(), examples.signatories(count))
    for box in in_columns(paginate(document_boxes(text, Element("Document")))):
        left = [item.is_heading for item in box.items[: box.first_column]]
        right = [item.is_heading for item in box.items[box.first_column :]]
        assert not left[-1]
        assert right[:2] in ([], [True, False], [False, False])


@pytest.mark.parametrize("count", [5, 51])
def test_first_baselines_of_a_row_are_on_one_line(count: int) -> None:
    text = examples.final(examples.starter(), examples.signatories(count))
    pages = paginate(document_boxes(text, Element("Document")))
    rows = [item.cells for box in in_columns(pages) for item in box.items]
    rows += [
        row.cells for page in pages for _, box in page.placed if isinstance(box, Table) for row in box.rows
    ]
    for cells in rows:
        assert (
            len(
                {
                    round(drop + cell[0].style.first_baseline, 6)
                    for drop, cell in zip(drops(cells), cells, strict=True)
                }
            )
            == 1
        )


def test_title_and_lead_are_not_hyphenated() -> None:
    boxes = document_boxes(examples.small(), Element("Document"))
    displayed = [box for box in boxes if isinstance(box, TextBox) and box.style.size > 12]
    assert len(displayed) > 5
    assert not any(line.hyphen for box in displayed for line in box.lines)


@pytest.mark.parametrize("count", range(60, 240, 12))
def test_many_names_leave_no_page_half_empty(count: int) -> None:
    text = examples.final(examples.starter(), examples.crowded(count))
    *full, _ = paginate(document_boxes(text, Element("Document")))
    assert [page.used for page in full if page.used < 0.5] == []


def test_a_name_that_is_wider_than_its_column_is_divided_by_syllables() -> None:
    text = examples.final(examples.starter(), examples.crowded(4))
    [names] = in_columns(paginate(document_boxes(text, Element("Document"))))
    cells = [box for item in names.items for cell in item.cells for box in cell]
    [long] = [box for box in cells if box.paragraph.text.startswith("Verwaltungsgemeinschaft")]
    divided = [box.paragraph.text[: line.end] for box in [long] for line in box.lines if line.hyphen]
    assert divided in (["Verwaltungsgemein"], ["Verwaltungs"])
    said = [block.text for block in read_text(render_document(text))]
    assert long.paragraph.text in said
