"""Are the letters of a font what its table says they are? The subset is made again from our own font file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from pikepdf import Object

from server.documents.reading.page_text import characters
from server.documents.reading.safe_streams import Unpacker
from server.documents.typeset.letters.faces import Style, load_faces

_SPACE: Final = 32


def foreign_glyphs(font: Object, unpacker: Unpacker) -> Iterator[str]:
    """What is wrong with the font, as part of a sentence in English."""
    name = str(font.get("/BaseFont", ""))[1:].partition("+")[2]
    if name not in set(Style) or "/ToUnicode" not in font:
        yield "a font that is none of ours"
        return
    table, last = characters(unpacker.unpack(font.ToUnicode)), int(font.get("/LastChar", -1))
    style = Style(name)
    if font.get("/FirstChar") != 0 or not 0 <= last < 256 or "/Encoding" in font:
        yield f"other codes in {name}"
    elif any(len(letters) != 1 for letters in table.values()):
        yield f"letters of {name} that are none of ours"
    elif unpacker.unpack(font.FontDescriptor.FontFile2) != _subset(style, table, last):
        yield f"other glyphs in {name}"
    elif [int(width) for width in font.get("/Widths", [])] != _widths(style, table, last):
        yield f"other widths in {name}"


def _subset(style: Style, table: Mapping[int, str], last: int) -> bytes:
    faces = load_faces()
    with faces.lock:
        return bytes(faces[style].outlines.face.makeSubset(_letters(table, last)))


def _widths(style: Style, table: Mapping[int, str], last: int) -> list[int]:
    face = load_faces()[style].outlines.face
    return [int(face.charWidths.get(letter, face.defaultWidth)) for letter in _letters(table, last)]


def _letters(table: Mapping[int, str], last: int) -> list[int]:
    """Code points by code; the first is nothing, what the table leaves out is a space."""
    return [ord(table[code]) if code in table else _SPACE * bool(code) for code in range(last + 1)]
