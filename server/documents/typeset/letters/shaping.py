"""Words into glyphs: kerning and the places of combining marks come from the font's own tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from server.documents.typeset.letters.characters import ZERO_WIDTH, clusters, drawn
from server.documents.typeset.letters.faces import Face, Style, load_faces

_FEATURES: Final = {"kern": True, "mark": True, "mkmk": True, "liga": False, "clig": False, "ccmp": False}
"""One glyph for each character: what is drawn can be read back letter by letter."""


class Glyph(NamedTuple):
    """`width` is the font's own width, `advance` the shaped one; offsets move the glyph alone."""

    character: str
    width: float
    advance: float
    dx: float
    dy: float


class Atom(NamedTuple):
    """The smallest piece that is never divided: a letter with its marks. Lengths in 1/1000 em.

    `stands_in`: what is drawn differs from `source`, which then goes into ActualText.
    """

    source: str
    glyphs: tuple[Glyph, ...]
    width: float
    stands_in: bool


@cache
def shape_space(style: Style, source: str) -> Atom:
    """A space, or a character that a space stands in for."""
    face = load_faces()[style]
    character = drawn(source)
    width = face.widths[ord(character)]
    advance = 0.0 if source in ZERO_WIDTH else width
    return Atom(source, (Glyph(character, width, advance, 0, 0),), advance, character != source)


@lru_cache(maxsize=20_000)
def shape_word(style: Style, word: str) -> tuple[Atom, ...]:
    """Atoms of a word without spaces. Remembered: a language repeats itself."""
    return tuple(_atoms(load_faces()[style], word))


def _atoms(face: Face, word: str) -> Iterable[Atom]:
    sources = list(clusters(word))
    pictures = [drawn(source) for source in sources]
    glyphs = _shape(face, "".join(pictures))
    at = 0
    for source, picture in zip(sources, pictures, strict=True):
        own = tuple(glyphs[at : at + len(picture)])
        at += len(picture)
        yield Atom(source, own, sum(glyph.advance for glyph in own), source != picture)


def _shape(face: Face, text: str) -> list[Glyph]:
    placements = face.shape(text, _FEATURES)
    return [Glyph(c, face.widths[ord(c)], *place) for c, place in zip(text, placements, strict=True)]
