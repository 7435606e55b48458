"""The font of the visible seal: shaped and cut to the letters used by HarfBuzz, embedded as a CID font
(ISO 32000-1, 9.7.4 and 9.9; ISO 19005-3, 6.2.11).

The library's own engine does the same with fontTools, which costs 15 MB before the first letter.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import uharfbuzz as hb  # type: ignore[import-untyped]  # it ships no types
from pyhanko.pdf_utils.font.api import FontEngine, ShapeResult
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)
from pyhanko.pdf_utils.writer import BasePdfFileWriter

_POSTSCRIPT_NAME: Final = 6  # OpenType `name` table
_ONE_GLYPH_EACH: Final = {"liga": False, "clig": False}
_CMAP: Final = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
{entries}endcmap CMapName currentdict /CMap defineresource pop end end"""


@dataclass(frozen=True, slots=True)
class _Metrics:
    """In thousandths of the font's size."""

    box: tuple[int, ...]
    ascent: int
    descent: int


class SealFont(FontEngine):
    """`data` is an OpenType file with TrueType outlines, `size` in points. Raises ValueError for anything
    else."""

    def __init__(
        self, writer: BasePdfFileWriter, data: bytes, size: int, obj_stream: object | None = None
    ) -> None:
        face = hb.Face(data)
        name = face.get_name(_POSTSCRIPT_NAME)
        if not name or "glyf" not in face.table_tags:
            raise ValueError("no TrueType font")
        super().__init__(writer, name, embedded_subset=True, obj_stream=obj_stream, font_size=size)
        self._name = f"/{self.subset_prefix}+{name}"
        self._font = hb.Font(face)
        self._texts: dict[int, str] = {}
        self._reference = writer.allocate_placeholder()
        self._is_written = False

    def shape(self, txt: str) -> ShapeResult:
        """The line, wrapped in its own words for readers; the pen ends behind it."""
        if not txt:
            return ShapeResult(b"", 0, 0)
        buffer = hb.Buffer()
        buffer.add_str(txt)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, _ONE_GLYPH_EACH)
        self._remember(buffer, txt)
        advance = sum(position.x_advance for position in buffer.glyph_positions) / self._font.face.upem
        said = f"/Span << /ActualText <{_utf16(txt, mark=True)}> >> BDC "
        shown = " ".join(self._show(buffer))
        operators = f"{said}{shown} {advance * self.font_size:g} 0 Td EMC"
        return ShapeResult(operators.encode("ascii"), advance, 0)

    def as_resource(self) -> IndirectObject:
        return self._reference

    def prepare_write(self) -> None:
        if self._is_written:
            return
        self._is_written = True
        self.writer.add_object(self._type0(), self.obj_stream, idnum=self._reference.idnum)

    def _show(self, buffer: hb.Buffer) -> Iterator[str]:
        """Each glyph where it belongs: along the line by TJ, above or below it (marks) by text rise."""
        pending, rise = 0.0, 0.0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            height = position.y_offset / self._font.face.upem * self.font_size
            if height != rise:
                rise = height
                yield f"{rise:g} Ts"
            before = pending - self._thousandths(position.x_offset)
            yield f"[{before:g} <{info.codepoint:04x}>] TJ"
            surplus = self._font.get_glyph_h_advance(info.codepoint) - position.x_advance
            pending = self._thousandths(surplus + position.x_offset)
        if rise:
            yield "0 Ts"

    def _thousandths(self, units: float) -> float:
        return units * 1000 / float(self._font.face.upem)

    def _remember(self, buffer: hb.Buffer, text: str) -> None:
        """Which letters each glyph stands for: its cluster's, the first glyph for all of them."""
        clusters = sorted({info.cluster for info in buffer.glyph_infos})
        ends = dict(zip(clusters, [*clusters[1:], len(text)], strict=True))
        said: set[int] = set()
        for info in buffer.glyph_infos:
            letters = text[info.cluster : ends[info.cluster]]
            if info.cluster in said:
                letters = letters[-1]  # a mark on its letter
            said.add(info.cluster)
            self._texts.setdefault(info.codepoint, letters)

    def _type0(self) -> DictionaryObject:
        descendant = self._add(self._cid_font())
        return _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/Type0"),
            BaseFont=NameObject(f"{self._name}-Identity-H"),
            Encoding=NameObject("/Identity-H"),
            DescendantFonts=ArrayObject([descendant]),
            ToUnicode=self.writer.add_object(_stream(self._to_unicode().encode("ascii"))),
        )

    def _cid_font(self) -> DictionaryObject:
        system = {"Registry": TextStringObject("Adobe"), "Ordering": TextStringObject("Identity")}
        return _dictionary(
            Type=NameObject("/Font"),
            Subtype=NameObject("/CIDFontType2"),
            BaseFont=NameObject(self._name),
            CIDSystemInfo=_dictionary(Supplement=_number(0), **system),
            CIDToGIDMap=NameObject("/Identity"),
            FontDescriptor=self._add(self._descriptor()),
            W=ArrayObject(self._widths()),
        )

    def _descriptor(self) -> DictionaryObject:
        metrics = self._metrics()
        return _dictionary(
            Type=NameObject("/FontDescriptor"),
            FontName=NameObject(self._name),
            Flags=_number(4),
            FontBBox=ArrayObject([_number(side) for side in metrics.box]),
            ItalicAngle=_number(0),
            Ascent=_number(metrics.ascent),
            Descent=_number(metrics.descent),
            CapHeight=_number(metrics.ascent),
            StemV=_number(80),
            FontFile2=self.writer.add_object(_stream(self._subset(), is_font=True)),
        )

    def _metrics(self) -> _Metrics:
        head = bytes(self._font.face.reference_table("head").data)
        box = struct.unpack_from(">4h", head, 36)
        extents = self._font.get_font_extents("ltr")
        sides = tuple(round(self._thousandths(side)) for side in box)
        return _Metrics(
            sides, round(self._thousandths(extents.ascender)), round(self._thousandths(extents.descender))
        )

    def _widths(self) -> Iterator[PdfObject]:
        for glyph in sorted(self._texts):
            width = round(self._thousandths(self._font.get_glyph_h_advance(glyph)))
            yield _number(glyph)
            yield ArrayObject([_number(width)])

    def _to_unicode(self) -> str:
        lines = [f"<{glyph:04x}> <{_utf16(text)}>\n" for glyph, text in sorted(self._texts.items()) if glyph]
        groups = [lines[start : start + 100] for start in range(0, len(lines), 100)]  # 100 at the most
        blocks = [f"{len(group)} beginbfchar\n{''.join(group)}endbfchar\n" for group in groups]
        return _CMAP.format(entries="".join(blocks))

    def _subset(self) -> bytes:
        """Glyphs keep their numbers, because these are the codes in the text."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(self._texts)
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        return bytes(hb.subset(self._font.face, wanted).blob.data)

    def _add(self, thing: PdfObject) -> IndirectObject:
        added: IndirectObject = self.writer.add_object(thing, self.obj_stream)
        return added


def _number(value: int) -> NumberObject:
    return NumberObject(value)  # type: ignore[no-untyped-call]  # the library's constructor has no types


def _dictionary(**entries: PdfObject) -> DictionaryObject:
    pairs = {NameObject(f"/{key}"): value for key, value in entries.items()}
    return DictionaryObject(pairs)  # type: ignore[no-untyped-call]  # as above


def _stream(data: bytes, *, is_font: bool = False) -> StreamObject:
    facts = _dictionary(Length1=_number(len(data))) if is_font else _dictionary()
    stream = StreamObject(facts, stream_data=data)
    stream.compress()  # type: ignore[no-untyped-call]  # as above
    return stream


def _utf16(text: str, *, mark: bool = False) -> str:
    return ("feff" if mark else "") + text.encode("utf-16-be").hex()
