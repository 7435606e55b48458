"""Names are printed as they are written: DIN 91379, marks on letters, signs that have no picture."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.documents.printable import ensure_printable, unprintable
from server.documents.reading.read_back import compare_with_content
from server.documents.render import render_document
from server.documents.typeset.letters.characters import clusters
from server.documents.typeset.letters.faces import Style, load_faces
from server.documents.typeset.letters.shaping import shape_word
from server.domain.text.content import HARD_BREAK, Content, Run
from server.domain.text.errors import UnprintableText
from tests.documents import document_examples as examples
from tests.documents.document_conformance import faults

SEQUENCES = (
    "A̋ C̀ C̄ C̆ C̈ C̕ C̣ C̦ C̨̆ D̂ F̀ F̄ G̀ H̄ H̦ H̱ J́ J̌ K̀ K̂ K̄ K̇ K̕ K̛ K̦ K͟H K͟h L̂ L̥ L̥̄ L̦ M̀ M̂ M̆ M̐ "
    "N̂ N̄ N̆ N̦ P̀ P̄ P̕ P̣ R̆ R̥ R̥̄ S̀ S̄ S̛̄ S̱ T̀ T̄ T̈ T̕ T̛ U̇ Z̀ Z̄ Z̆ Z̈ Z̧ Ç̆ Û̄ "
    "a̋ c̀ c̄ c̆ c̈ c̕ c̣ c̦ c̨̆ d̂ f̀ f̄ g̀ h̄ h̦ j́ k̀ k̂ k̄ k̇ k̕ k̛ k̦ k͟h l̂ l̥ l̥̄ l̦ m̀ m̂ m̆ m̐ "
    "n̂ n̄ n̆ n̦ p̀ p̄ p̕ p̣ r̆ r̥ r̥̄ s̀ s̄ s̛̄ s̱ t̀ t̄ t̕ t̛ u̇ z̀ z̄ z̆ z̈ z̧ ç̆ û̄"
)
"""DIN 91379:2022-08, letters that have no code point of their own."""
BLOCKS = (
    range(0x41, 0x5B),
    range(0x61, 0x7B),
    range(0xC0, 0x180),
    range(0x180, 0x234),
    range(0x1E00, 0x1F00),
)
"""The blocks from which DIN 91379 takes its Latin letters; they are asked for whole."""
LETTERS = "".join(chr(c) for block in BLOCKS for c in block if unicodedata.category(chr(c))[0] == "L")
GREEK_AND_BULGARIAN = (
    "ΆΈΉΊΌΎΏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩάέήίόύώαβγδεζηθικλμνξοπρσςτυφχψω"
    "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЬЮЯабвгдежзийклмнопрстуфхцчшщъьюя"
)
SIGNS = "'’ʼ‘,-./:;!?()[]&§+*=%#@€£$ªº°²³·×÷«»„“”–—…‐‑<>|~^_{}\\´¨¸`¡¿¬®©¢¥¤¶±µ½¼¾"
STAND_INS = f"a\u00a0b\tc{HARD_BREAK}d\u00ade\u200bf\u200cg\u2060h  i\u202fk\u2009l"


def paragraphs(*texts: str) -> Content:
    return Content(tuple(examples.block("paragraph", 0, text) for text in texts))


def test_every_letter_of_din_91379_comes_back() -> None:
    said = [" ".join(LETTERS), SEQUENCES, unicodedata.normalize("NFD", LETTERS), GREEK_AND_BULGARIAN, SIGNS]
    content = Content((examples.block("heading", 1, "Buchstaben"), *paragraphs(*said).blocks))
    ensure_printable(content)
    pdf = render_document(examples.final(content, ()))
    assert compare_with_content(pdf, content) == []
    assert faults(pdf) == []


@pytest.mark.parametrize("strong", [False, True])
@pytest.mark.parametrize("em", [False, True])
def test_letters_come_back_in_every_cut(strong: bool, em: bool) -> None:
    run = Run(LETTERS[::5] + " " + SEQUENCES + SIGNS, strong, em)
    content = Content((examples.block("paragraph", 0, "Vorab. ", run, " Danach."),))
    assert compare_with_content(render_document(examples.final(content, ())), content) == []


def test_spaces_and_invisible_signs_come_back() -> None:
    content = paragraphs(STAND_INS, f"  {STAND_INS}  ", "ein  zwei   drei " * 40)
    assert compare_with_content(render_document(examples.final(content, ())), content) == []


def test_a_mark_stands_on_its_letter() -> None:
    [atom] = shape_word(Style.SERIF, "L̥")
    ring = atom.glyphs[1]
    assert (ring.advance, ring.dx < 0) == (0, True)


@given(st.text(st.sampled_from(LETTERS + SEQUENCES + SIGNS + GREEK_AND_BULGARIAN), min_size=1, max_size=12))
@settings(deadline=None, max_examples=300)
def test_any_mixture_of_letters_can_be_shaped(word: str) -> None:
    assert unprintable(word) == []
    for style in load_faces().by_style:
        assert "".join(atom.source for atom in shape_word(style, word)) == word
        assert len(shape_word(style, word)) == len(list(clusters(word)))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Wir 😀 zeichnen", "U+1F600 GRINNING FACE"),
        ("שלום", "U+05E9 HEBREW LETTER SHIN"),
        ("السلام", "U+0627 ARABIC LETTER ALEF"),
        ("日本", "U+65E5 CJK UNIFIED IDEOGRAPH-65E5"),
        ("rechts\u202enach links", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066isoliert", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("\ue000", "U+E000 unnamed"),
        ("\x07", "U+0007 unnamed"),
        ("a\u200db", "U+200D ZERO WIDTH JOINER"),
    ],
)
def test_what_cannot_be_shown_is_refused_by_name(text: str, name: str) -> None:
    with pytest.raises(UnprintableText) as refused:
        ensure_printable(paragraphs("Erster Absatz.", text))
    assert name in refused.value.facts["characters"]
    assert refused.value.facts["where"] == [f"2: {' '.join(text.split())}"]


def test_a_name_that_cannot_be_shown_is_refused_before_sealing() -> None:
    text = examples.small()
    line = examples.replace(text.signatories[0], name="Anna 😀")
    with pytest.raises(UnprintableText):
        render_document(examples.replace(text, signatories=(line,)))
