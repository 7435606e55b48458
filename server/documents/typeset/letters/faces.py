"""The fonts of the document: outlines for ReportLab, shapes for HarfBuzz, both from the same file."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple

import uharfbuzz  # type: ignore[import-untyped]  # comes without type information
from reportlab.pdfbase.ttfonts import TTFont


class Style(StrEnum):
    """The values are PostScript names and file names."""

    SERIF = "NotoSerif-Regular"
    SERIF_BOLD = "NotoSerif-Bold"
    SERIF_ITALIC = "NotoSerif-Italic"
    SERIF_BOLD_ITALIC = "NotoSerif-BoldItalic"
    SANS = "NotoSans-Regular"
    SANS_BOLD = "NotoSans-Bold"


class Placement(NamedTuple):
    """Where HarfBuzz puts a glyph, in 1/1000 of the font size."""

    advance: float
    dx: float
    dy: float


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """`widths` and `covers` go by code point; lengths are in 1/1000 of the font size."""

    style: Style
    outlines: TTFont
    shaper: uharfbuzz.Font
    covers: frozenset[int]
    widths: Mapping[int, float]

    def shape(self, text: str, features: Mapping[str, bool]) -> list[Placement]:
        """Left to right, one place a character. Raises ValueError where the font joins or splits letters."""
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        uharfbuzz.shape(self.shaper, buffer, dict(features))
        positions = buffer.glyph_positions or []
        if len(positions) != len(text):
            raise ValueError(f"no one-to-one glyphs for {text!r}")
        return [Placement(p.x_advance, p.x_offset, p.y_offset) for p in positions]


@dataclass(frozen=True, slots=True, eq=False)
class Faces:
    """ReportLab's fonts keep a reading position: one document at a time is set while `lock` is held."""

    by_style: Mapping[Style, Face]
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __getitem__(self, style: Style) -> Face:
        return self.by_style[style]


@cache
def load_faces() -> Faces:
    """Reads the six font files once in a process. Raises OSError or TTFError if one is missing or broken."""
    return Faces(MappingProxyType({style: _load(style) for style in Style}))


def _load(style: Style) -> Face:
    path = str(files("server.documents") / "fonts" / f"{style.value}.ttf")
    outlines = TTFont(style.value, path, asciiReadable=False)
    shapes = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))
    if shapes.upem != 1000:
        raise ValueError(f"{style.value} is not drawn on a grid of 1000 units")
    widths = MappingProxyType(dict(outlines.face.charWidths))
    return Face(style, outlines, uharfbuzz.Font(shapes), frozenset(widths), widths)
