"""What the seal looks like on the page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pyhanko.pdf_utils.font.api import FontEngine, FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.pdf_utils.writer import BasePdfFileWriter, PdfFileWriter
from pyhanko.stamp import TextStampStyle

SIZE: Final = 7  # points
LEADING: Final = 9


_CMAP: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{letters}
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""
_AT_ONCE: Final = 100
"""Entries in one block of a CMap (Adobe Technical Note 5014)."""


class _Letters(GlyphAccumulator):
    """Maps each glyph to its letter by itself: the library writes ranges with lists of letters, which a
    validator of PDF/A calls malformed."""

    def _format_tounicode_cmap(self) -> StreamObject:
        entries = [
            f"<{glyph:04X}> <{letters.encode('utf-16be').hex().upper()}>"
            for glyph, letters in sorted(self._cid_to_unicode.items())
        ]
        blocks = [entries[i : i + _AT_ONCE] for i in range(0, len(entries), _AT_ONCE)]
        listed = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
        stream = StreamObject(stream_data=_CMAP.format(letters=listed).encode("ascii"))
        stream.compress()  # type: ignore[no-untyped-call]  # the library has no types here
        return stream


class _StampFont(FontEngineFactory):
    """Embeds a subset, because PDF/A (ISO 19005-3, 6.2.11.4) has no use for a font that is merely named.

    The library's own factory leaves the file open.
    """

    def __init__(self, font: Path) -> None:
        self._data = font.read_bytes()

    def create_font_engine(self, writer: BasePdfFileWriter, obj_stream: object | None = None) -> FontEngine:
        engine = _Letters(writer, io.BytesIO(self._data), SIZE, obj_stream=obj_stream)
        engine.tt.recalcTimestamp = False  # else the embedded font says when it was embedded
        return engine


def stamp_style(font: Path, lines: Sequence[str]) -> TextStampStyle:
    """Plain lines, no border, no picture; without lines nothing is seen. `font` is an OpenType file.

    Raises OSError without the font. There is always a style, because the library's default one brings a
    font that is not embedded.
    """
    return TextStampStyle(
        stamp_text=("\n".join(lines) or " ").replace("%", "%%"),
        border_width=0,
        background=None,
        text_box_style=TextBoxStyle(font=_StampFont(font), font_size=SIZE, leading=LEADING),
        inner_content_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MID, margins=Margins(2, 2, 1, 1)
        ),
    )


def ensure_font(font: Path) -> None:
    """Raises OSError or the parser's own errors if this is no font that can be embedded."""
    nowhere = PdfFileWriter()  # type: ignore[no-untyped-call]  # the library's constructor has no types
    _StampFont(font).create_font_engine(nowhere)
