"""Scans that somebody brings: judged by what they are, and written anew without what a scan need not tell.

A picture is painted again from its pixels; so no place, no camera, no thumbnail and nothing behind its end is
kept. Of a PDF the pages are kept, without description, actions, attachments and forms, and the pictures in it
lose what phones write into them.
"""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream
from PIL import Image, ImageOps

from server.documents.reading.bounds import walk
from server.documents.reading.safe_streams import MAX_STREAM, EncryptedPdf, inflate, open_pdf

MAX_PIXELS: Final = 60_000_000
"""An A3 page with 400 dpi has 31 million."""
MAX_OBJECTS: Final = 5_000
_QUALITY: Final = 88
_MAGIC: Final = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
_OF_ROOT: Final = frozenset({"/Type", "/Pages", "/Version", "/OCProperties", "/PageMode", "/PageLayout"})
"""What is kept of the catalog: its pages, and which layers show."""
_OF_PAGES: Final = frozenset(
    {
        *("/Type", "/Parent", "/Resources", "/Contents", "/Rotate", "/UserUnit", "/Group"),
        *("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"),
    }
)
_OF_PARTS: Final = (
    *("/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref"),
    *("/Alternates", "/F", "/FFilter", "/FDecodeParms"),
)
"""What the parts of pages tell or fetch besides: descriptions, files beside, other sizes."""

_JPEG: Final = b"\xff\xd8"
_JPEG_2000: Final = (b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51")
"""With boxes, or without any."""
_PICTURES: Final = (Name.DCTDecode, Name.JPXDecode)
_TELLING_BOXES: Final = frozenset({b"xml ", b"uuid", b"uinf"})


class ScanRefused(ValueError):
    """`code`: of the error in `server.domain.sign_offs.papers`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean_scan(data: bytes, max_pages: int) -> tuple[str, bytes]:
    """Its media type and what is to be kept. Raises ScanRefused. Blocks, and takes memory for all pixels: run
    it in a process with limits."""
    found = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
    if not found:
        raise ScanRefused("scan_of_other_type")
    try:
        return found, _clean_pdf(data, max_pages) if found == "application/pdf" else _repaint(data, found)
    except EncryptedPdf as error:
        raise ScanRefused("scan_encrypted") from error
    except ScanRefused:
        raise
    except Exception as error:  # a stranger's bytes: every fault means the same
        raise ScanRefused("invalid_scan") from error


def _repaint(data: bytes, kind: str) -> bytes:
    """Upright, as its reader saw it. A picture of a billion pixels is refused before it is unpacked."""
    form = "PNG" if kind == "image/png" else "JPEG"
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(data), formats=[form]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ScanRefused("scan_too_large")
            upright = ImageOps.exif_transpose(picture)
            grey = upright.mode in ("1", "L", "I;16", "LA")
            bare = _on_white(upright).convert("L" if grey else "RGB")
    bare.info.clear()
    out = io.BytesIO()
    if form == "PNG":
        bare.save(out, "PNG", compress_level=6)
    else:
        bare.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """What is see-through becomes paper."""
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen)


def _clean_pdf(data: bytes, max_pages: int) -> bytes:
    with open_pdf(data) as pdf:
        leaves = [node for node in walk(pdf.Root.Pages, "/Kids", max_pages * 4) if "/Kids" not in node]
        if not leaves:
            raise ScanRefused("invalid_scan")
        if len(leaves) > max_pages:
            raise ScanRefused("scan_too_long")
        if len(pdf.objects) > MAX_OBJECTS:
            raise ScanRefused("invalid_scan")
        _keep(pdf.Root, _OF_ROOT)
        for leaf in leaves:
            _keep(leaf, _OF_PAGES)
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for stream, picture in _photographs(pdf):
            is_jpeg = picture.startswith(_JPEG)
            bare = without_segments(picture) if is_jpeg else without_boxes(picture)
            stream.write(bare, filter=Name.DCTDecode if is_jpeg else Name.JPXDecode)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return out.getvalue()


def _keep(node: Object, names: frozenset[str]) -> None:
    """What else stands there is dropped: bookmarks, names, forms, notes, whatever acts when it is opened."""
    if isinstance(node, Dictionary):
        for name in set(node.keys()) - names:
            del node[name]


def _photographs(pdf: Pdf) -> Iterator[tuple[Stream, bytes]]:
    """Pictures of phones are JPEG files as they are, perhaps packed once more: with their bytes."""
    for thing in pdf.objects:
        if isinstance(thing, Stream):
            for name in _OF_PARTS:
                if name in thing:
                    del thing[name]
            filters = thing.get("/Filter", Array())
            names = list(filters) if isinstance(filters, Array) else [filters]
            if names and names[-1] in _PICTURES:
                yield thing, _unpack(thing, names[:-1])


def _unpack(stream: Stream, names: Sequence[Object]) -> bytes:
    """Raises ScanRefused for packings that no scanner uses."""
    data = stream.read_raw_bytes()
    if names and "/DecodeParms" in stream:
        raise ScanRefused("invalid_scan")
    for name in names:
        match name:
            case Name.FlateDecode:
                data = inflate(data, MAX_STREAM)
                if len(data) > MAX_STREAM:
                    raise ScanRefused("scan_too_large")
            case Name.ASCII85Decode:
                data = base64.a85decode(data.strip().removesuffix(b"~>"))
            case Name.ASCIIHexDecode:
                data = bytes.fromhex(data.decode("ascii").rstrip().removesuffix(">"))
            case _:
                raise ScanRefused("invalid_scan")
    return data


def without_segments(jpeg: bytes) -> bytes:
    """Without comments and application segments (ITU-T T.81, B.2.4.6), where EXIF and XMP stand; those that
    say how the colours are meant (JFIF, Adobe) stay. Raises ScanRefused for what is no JPEG."""
    if not jpeg.startswith(_JPEG):
        raise ScanRefused("invalid_scan")
    kept, at = bytearray(jpeg[:2]), 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4])
        marker = jpeg[at + 1]
        if not (0xE1 <= marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            kept += jpeg[at:end]
        at = end
    if at + 4 > len(jpeg) or jpeg[at : at + 2] != b"\xff\xda":
        raise ScanRefused("invalid_scan")
    return bytes(kept + jpeg[at:])


def without_boxes(picture: bytes) -> bytes:
    """JPEG 2000 without the boxes in which XML, XMP and EXIF stand (ISO 15444-1, annex I). Raises ScanRefused
    for what is none."""
    if not picture.startswith(_JPEG_2000):
        raise ScanRefused("invalid_scan")
    if not picture.startswith(_JPEG_2000[0]):
        return picture
    kept, at = bytearray(), 0
    while at + 8 <= len(picture):
        size, kind = int.from_bytes(picture[at : at + 4]), picture[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(picture[at + 8 : at + 16])
        end = at + size if size else len(picture)
        if end < at + 8 or end > len(picture):
            raise ScanRefused("invalid_scan")
        if kind not in _TELLING_BOXES:
            kept += picture[at:end]
        at = end
    return bytes(kept)
