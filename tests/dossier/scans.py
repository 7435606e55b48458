"""Scans of papers, good and bad, made as devices make them."""

from __future__ import annotations

import io

import pikepdf
from PIL import Image

PLACE = b"GPSLatitude 48.47"


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 80), place: bool = False) -> bytes:
    """`place`: with a location in it, as phones write it."""
    page = Image.new("RGB", size, "white")
    out = io.BytesIO()
    if not place:
        page.save(out, kind)
        return out.getvalue()
    told = Image.Exif()
    told[0x0110] = "Telefon"
    told.get_ifd(0x8825)[29] = PLACE.decode()
    page.save(out, kind, exif=told.tobytes())
    return out.getvalue()


def pdf(pages: int = 1, *, photograph: bytes = b"", password: str = "", script: bool = False) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    if photograph:
        image = pikepdf.Stream(made, photograph, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        for key, value in {
            "/Width": 60,
            "/Height": 80,
            "/BitsPerComponent": 8,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/Filter": pikepdf.Name.DCTDecode,
        }.items():
            image[key] = value
        made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Scan=image))
    if script:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        made.docinfo["/Author"] = "Vorzimmer"
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    made.save(out, encryption=encryption)
    return out.getvalue()
