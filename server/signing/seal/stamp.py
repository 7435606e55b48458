"""What the seal looks like on the page: a caption, who seals, when."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from pyhanko.pdf_utils.content import ResourceType
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.generic import StreamObject, pdf_name
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.writer import BasePdfFileWriter, PdfFileWriter
from pyhanko.stamp.base import BaseStamp, BaseStampStyle

_MARGIN: Final = 12.0
_INK: Final = b"0.09 0.1 0.12 rg"
_LARGEST_BLOCK: Final = 100  # Adobe Technical Note 5411: at most 100 entries in a bfchar block
_MAP_HEAD: Final = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS2) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS2 def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_MAP_FOOT: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
_CAP_HEIGHT: Final = 0.714
"""Of the font size."""


class _Cut(NamedTuple):
    """`size` and `leading` are points."""

    is_bold: bool
    size: float
    leading: float


_QUIET: Final = _Cut(False, 8.0, 13.0)
_STRONG: Final = _Cut(True, 9.0, 13.0)


@dataclass(frozen=True)
class _SealStyle(BaseStampStyle):
    """Fonts are embedded as subsets, because PDF/A (ISO 19005-3, 6.2.11.4) has no use for a font that is
    merely named; the library's default style brings such a one."""

    border_width: int = 0
    font: Path = Path()
    lines: tuple[str, ...] = ()

    def create_stamp(self, writer: BasePdfFileWriter, box: BoxConstraints, _text_params: Any) -> BaseStamp:
        return _SealStamp(writer, self, box)


class _SubsetFont(GlyphAccumulator):
    """The library writes ranges of one character for one into the table of characters (ToUnicode), which
    validators of PDF/A take for malformed; single entries say the same."""

    def _format_tounicode_cmap(self) -> StreamObject:
        pairs = [
            f"<{cid:04X}> <{text.encode('utf-16-be').hex().upper()}>"
            for cid, text in sorted(self._cid_to_unicode.items())
        ]
        blocks = [pairs[i : i + _LARGEST_BLOCK] for i in range(0, len(pairs), _LARGEST_BLOCK)]
        body = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
        stream = StreamObject(stream_data=f"{_MAP_HEAD}{body}{_MAP_FOOT}".encode("ascii"))
        stream.compress()  # type: ignore[no-untyped-call]  # the library has no types there
        return stream


class _SealStamp(BaseStamp):
    """Lines from the left, in the middle of the height; smaller where there are more than the box holds."""

    def _render_inner_content(self) -> list[bytes]:
        lines = list(_cuts(self.style.lines))
        if self.writer is None:
            raise ValueError("a seal is drawn into a file")
        kinds = sorted({cut.is_bold for _, cut in lines})
        engines = {is_bold: _engine(self.writer, self.style.font, is_bold) for is_bold in kinds}
        height = sum(cut.leading for _, cut in lines)
        scale = min(1.0, (self.box.height - 6) / height) if lines else 1.0
        y = (self.box.height + height * scale) / 2
        commands = [_INK] if lines else []
        for text, cut in lines:
            baseline = y - (cut.leading + _CAP_HEIGHT * cut.size) * scale / 2
            place = b"/%s %g Tf %g %g Td" % (_name(cut.is_bold), cut.size * scale, _MARGIN, baseline)
            commands.append(b"BT %s %s ET" % (place, engines[cut.is_bold].shape(text).graphics_ops))
            y -= cut.leading * scale
        for is_bold, engine in engines.items():
            name = pdf_name("/" + _name(is_bold).decode())
            self.set_resource(category=ResourceType.FONT, name=name, value=engine.as_resource())
        return commands


def stamp_style(font: Path, lines: Sequence[str]) -> BaseStampStyle:
    """The first line is the caption, the last one the time, what stands between is who seals: in bold.
    Without lines nothing is seen. `font` is an OpenType file, its bold cut lies beside it as `NAME-Bold`.

    Raises OSError without the fonts.
    """
    for is_bold in (False, True):
        if not _font_file(font, is_bold).is_file():
            raise FileNotFoundError(_font_file(font, is_bold))
    return _SealStyle(font=font, lines=tuple(lines))


def ensure_font(font: Path) -> None:
    """Raises OSError or the parser's own errors if this is no font that can be embedded."""
    for is_bold in (False, True):
        nowhere = PdfFileWriter()  # type: ignore[no-untyped-call]  # the library's constructor has no types
        _engine(nowhere, font, is_bold)


def _engine(writer: BasePdfFileWriter, font: Path, is_bold: bool) -> _SubsetFont:
    cut = _STRONG if is_bold else _QUIET
    engine = _SubsetFont(writer, io.BytesIO(_font_file(font, is_bold).read_bytes()), cut.size)
    engine.tt.recalcTimestamp = False  # else the embedded font says when it was embedded
    return engine


def _cuts(lines: Sequence[str]) -> Iterator[tuple[str, _Cut]]:
    for i, text in enumerate(lines):
        yield text, _STRONG if 0 < i < len(lines) - 1 else _QUIET


def _font_file(font: Path, is_bold: bool) -> Path:
    return font.with_stem(font.stem + "-Bold") if is_bold else font


def _name(is_bold: bool) -> bytes:
    return b"Strong" if is_bold else b"Plain"
