"""What the seal looks like on the page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pyhanko.pdf_utils.font.opentype import GlyphAccumulatorFactory
from pyhanko.pdf_utils.layout import AxisAlignment, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.stamp import TextStampStyle

SIZE: Final = 7  # points
LEADING: Final = 9


def stamp_style(font: Path, lines: Sequence[str]) -> TextStampStyle:
    """Plain lines, no border, no picture. `font` is an OpenType file; a subset of it is embedded, because
    PDF/A (ISO 19005-3, 6.2.11.4) has no use for a font that is merely named."""
    return TextStampStyle(
        stamp_text="\n".join(lines).replace("%", "%%"),
        border_width=0,
        background=None,
        text_box_style=TextBoxStyle(
            font=GlyphAccumulatorFactory(str(font), font_size=SIZE), font_size=SIZE, leading=LEADING
        ),
        inner_content_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MID, margins=Margins(2, 2, 1, 1)
        ),
    )
