"""What is kept of a scan, and what is no scan: read in a process of its own."""

from __future__ import annotations

import asyncio
import base64
import io
import zlib

import pikepdf
import pytest
from PIL import Image

from server.documents.reading.scans import clean_scan
from server.domain.sign_offs.papers import MAX_PAGES, InvalidScan, ScanType
from server.dossier.apart.checks_apart import ChecksApart
from tests.dossier.scans import PLACE, pdf, picture

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def refused(data: bytes) -> str:
    with pytest.raises(InvalidScan) as caught:
        asyncio.run(ChecksApart().clean_scan(data))
    return caught.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_loses_the_place_where_it_was_taken(kind: str) -> None:
    brought = picture(kind, place=True)
    assert PLACE in brought
    kept = asyncio.run(ChecksApart().clean_scan(brought))
    assert kept.type is ScanType(f"image/{kind.lower()}")
    assert PLACE not in kept.data
    assert b"Telefon" not in kept.data
    assert Image.open(io.BytesIO(kept.data)).size == (60, 80)


def test_what_stands_behind_a_picture_is_not_kept() -> None:
    assert b"PK\x03\x04" not in clean_scan(picture() + b"PK\x03\x04", 1)[1]


def test_a_photograph_in_a_pdf_loses_its_place_too() -> None:
    brought = pdf(photograph=picture(place=True))
    assert PLACE in brought
    kept = asyncio.run(ChecksApart().clean_scan(brought)).data
    assert PLACE not in kept
    with pikepdf.open(io.BytesIO(kept)) as opened:
        image = pikepdf.PdfImage(opened.pages[0].Resources.XObject.Scan)
        assert image.as_pil_image().size == (60, 80)


def test_a_photograph_that_is_packed_once_more_loses_it_as_well() -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80)).save(out, "JPEG2000")
    box = (8 + len(PLACE)).to_bytes(4) + b"xml " + PLACE
    packed = {
        "Flate": (zlib.compress(picture(place=True)), ["FlateDecode", "DCTDecode"]),
        "ASCII85": (base64.a85encode(picture(place=True)) + b"~>", ["ASCII85Decode", "DCTDecode"]),
        "JPEG 2000": (out.getvalue() + box, ["JPXDecode"]),
    }
    for name, (data, filters) in packed.items():
        with pikepdf.open(io.BytesIO(pdf(photograph=b"x"))) as made:
            scan = made.pages[0].Resources.XObject.Scan
            scan.write(data, filter=pikepdf.Array([pikepdf.Name(f"/{each}") for each in filters]))
            brought = io.BytesIO()
            made.save(brought)
        with pikepdf.open(io.BytesIO(clean_scan(brought.getvalue(), 1)[1])) as kept:
            image = kept.pages[0].Resources.XObject.Scan
            assert PLACE not in image.read_raw_bytes(), name
            assert Image.open(io.BytesIO(image.read_raw_bytes())).size == (60, 80), name


def test_nothing_of_a_pdf_is_kept_but_its_pages() -> None:
    """Whatever else stands in the catalog and beside a page may act, fetch or tell."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        mark = made.make_indirect(pikepdf.Dictionary(Title="Los", A=act))
        made.Root.Outlines = pikepdf.Dictionary(First=mark, Last=mark, Count=1)
        made.Root.Collection = pikepdf.Dictionary(Note="app.alert(2)")
        made.Root.Threads = pikepdf.Array([act])
        made.pages[0].PresSteps = pikepdf.Dictionary(NA=act)
        form = pikepdf.Stream(made, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        form.Ref = pikepdf.Dictionary(F="http://example.org/app.alert(3)")
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
        brought = io.BytesIO()
        made.save(brought)
    kept = clean_scan(brought.getvalue() + b"PK\x03\x04<script>", 1)[1]
    for word in (b"alert", b"Los", b"PresSteps", b"/Ref", b"PK\x03\x04"):
        assert word not in kept


def test_a_pdf_loses_its_script_and_its_author() -> None:
    kept = asyncio.run(ChecksApart().clean_scan(pdf(script=True))).data
    assert b"JavaScript" not in kept
    assert b"Vorzimmer" not in kept


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (SVG, "scan_of_other_type"),
        (b"GIF89a" + bytes(40), "scan_of_other_type"),
        (b"", "scan_of_other_type"),
        (b"%PDF-1.7\nnothing", "invalid_scan"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "invalid_scan"),
        (b"\xff\xd8\xff" + bytes(40), "invalid_scan"),
        (pdf(password="geheim"), "scan_encrypted"),
        (pdf(MAX_PAGES + 1), "scan_too_long"),
        (picture()[:-200], "invalid_scan"),
    ],
    ids=["svg", "gif", "empty", "no pdf", "no png", "no jpeg", "encrypted", "too long", "cut off"],
)
def test_what_is_no_scan_is_refused(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_picture_that_unpacks_into_a_billion_pixels_is_refused() -> None:
    head = bytearray(picture("PNG"))
    head[16:24] = (40_000).to_bytes(4) * 2
    assert refused(bytes(head)) == "invalid_scan"
