"""Any text with any proposals, written and read again, is the same: all accepted, and all rejected."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from server.documents.word.reading import read_file
from server.documents.word.writing import FileFormat, write_file
from server.domain.text.content import LEVELS
from server.domain.text.files.deciding import decide
from server.domain.text.files.manuscript import Manuscript, by_file
from server.domain.text.live_text import LiveBlock, LiveRun, Value

KINDS = [(kind, level) for kind, levels in LEVELS.items() for level in levels]
NAMES = ("Rosa Rose", "Tim Thymian", "")
LETTERS = "ab  äß<&>\"'1.)–\u2028\u00a0👩é"


@st.composite
def marks(draw: st.DrawFn, *, of_letters: bool) -> dict[str, Value]:
    found: dict[str, Value] = {}
    if of_letters:
        found |= {name: True for name in ("em", "strong") if draw(st.booleans())}
        if draw(st.integers(0, 5)) == 0:
            found["link"] = "https://example.org/?a=1&b=2"
    for name in ("ins", "del"):
        if draw(st.integers(0, 2)) == 0:
            number = draw(st.integers(0, 2))
            found[f"{name}:{number}{name}"] = by_file(NAMES[number], 1_750_000_000 + number)
    return found


@st.composite
def blocks(draw: st.DrawFn) -> LiveBlock:
    kind, level = draw(st.sampled_from(KINDS))
    texts = draw(st.lists(st.text(LETTERS, min_size=1, max_size=6), max_size=4))
    runs = tuple(LiveRun(text, draw(marks(of_letters=True))) for text in texts)
    return LiveBlock(kind, level, runs, draw(marks(of_letters=False)))


def texts(manuscript: Manuscript, accept: bool) -> list[list[tuple[str, dict[str, Value]]]]:
    """Letters with their looks, block by block. Empty blocks at the very end are nobody's text."""
    found = [
        [(run.text, dict(run.marks)) for run in block.runs]
        for block in decide(manuscript.blocks, accept=accept)
    ]
    while found and not found[-1]:
        found.pop()
    return found


def whole(manuscript: Manuscript) -> Manuscript:
    """With something to read in it: a file without a word is refused."""
    begin = LiveBlock("paragraph", 0, (LiveRun("Anfang", {}),), {})
    return Manuscript((begin, *manuscript.blocks))


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks(), max_size=6).map(lambda found: whole(Manuscript(tuple(found)))))
def test_docx(manuscript: Manuscript) -> None:
    again = read_file(write_file(manuscript, "T", FileFormat.DOCX))
    for accept in (True, False):
        assert texts(again, accept) == texts(manuscript, accept)


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks(), max_size=6).map(lambda found: whole(Manuscript(tuple(found)))))
def test_odt(manuscript: Manuscript) -> None:
    again = read_file(write_file(manuscript, "T", FileFormat.ODT))
    for accept in (True, False):
        assert texts(again, accept) == texts(manuscript, accept)
