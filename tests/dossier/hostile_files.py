"""Files made to hurt whoever reads them: small ones that branch, run in circles or unpack without end."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from functools import cache

BRANCHES = 100
LEVELS = 7
Part = str | bytes


def pdf(objects: Sequence[Part], trailer: str = "") -> bytes:
    """A file with these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        body = content.encode() if isinstance(content, str) else content
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    lines = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(offsets) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{lines}".encode()
    out += f"trailer\n<< /Root 1 0 R /Size {size} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def stream(data: bytes, facts: str = "") -> bytes:
    return f"<< /Length {len(data)} {facts} >>\nstream\n".encode() + data + b"\nendstream"


def deflated(data: bytes, facts: str = "") -> bytes:
    return stream(zlib.compress(data, 9), f"/Filter /FlateDecode {facts}")


def branches(first: int, key: str = "Kids", rest: str = "", levels: int = LEVELS) -> list[Part]:
    """Objects from number `first` on, each with a hundred ways to the next one."""
    return [f"<< /{key} [{f'{first + i + 1} 0 R ' * BRANCHES}] {rest} >>" for i in range(levels)]


NOTHING = stream(b"")
PAGE = "/Pages 2 0 R"
PAGES: list[Part] = [
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>",
]


def with_page(catalogue: str, content: Part, *others: Part) -> bytes:
    """One page with this content stream (object 4); `others` are numbered from 5."""
    return pdf([f"<< /Type /Catalog {PAGE} {catalogue} >>", *PAGES, content, *others])


def with_attachments(files: dict[str, bytes]) -> bytes:
    """Readable, with one page and these attachments."""
    names = "".join(f"({name}) {5 + 2 * i} 0 R " for i, name in enumerate(files))
    objects: list[Part] = []
    for i, data in enumerate(files.values()):
        objects += [f"<< /Type /Filespec /EF << /F {6 + 2 * i} 0 R >> >>", deflated(data)]
    return with_page(f"/Names << /EmbeddedFiles << /Names [{names}] >> >>", NOTHING, *objects)


def with_structure(element: str, *others: Part, content: Part = NOTHING) -> bytes:
    """The four attachments every document has, and this structure element as object 14."""
    names = ("erklaerung.json", "nachweise.json", "protokoll.json", "protokoll-kopf.json")
    listed = "".join(f"({name}) {5 + 2 * i} 0 R " for i, name in enumerate(names))
    objects: list[Part] = []
    empty = json.dumps({"blocks": [], "format": "kraftakt-content/1"}, separators=(",", ":")).encode()
    for i in range(len(names)):
        objects += [f"<< /Type /Filespec /EF << /F {6 + 2 * i} 0 R >> >>", deflated(empty)]
    catalogue = f"/Names << /EmbeddedFiles << /Names [{listed}] >> >> /StructTreeRoot 13 0 R"
    tree = "<< /Type /StructTreeRoot /K 14 0 R >>"
    return with_page(catalogue, content, *objects, tree, element, *others)


def element(tag: str, kids: str, rest: str = "") -> str:
    return f"<< /Type /StructElem /S /{tag} /K [{kids}] {rest} >>"


def spans(first: int) -> list[Part]:
    """Elements inside a paragraph, from number `first` on, each with a hundred ways to the next one."""
    inner = [element("Span", f"{first + i + 1} 0 R " * BRANCHES) for i in range(LEVELS)]
    return [*inner, element("Span", "")]


def packed_table(facts: str, data: bytes = b"") -> bytes:
    """A cross-reference stream in the place of the table."""
    body = pdf(["<< /Type /Catalog >>"])
    at = body.index(b"xref\n0 ")
    table = b"9 0 obj\n" + deflated(data, f"/Type /XRef /Root 1 0 R {facts}") + b"\nendobj\n"
    return body[:at] + table + f"startxref\n{at}\n%%EOF\n".encode()


def packed_objects(data: bytes) -> bytes:
    """The catalogue lies in an object stream that holds `data`."""
    body = b"%PDF-1.7\n"
    place = len(body)
    body += b"2 0 obj\n" + deflated(b"1 0 << /Type /Catalog >> " + data, "/Type /ObjStm /N 1 /First 4")
    body += b"\nendobj\n"
    at = len(body)
    rows = b"".join(
        bytes([kind]) + where.to_bytes(4, "big") + bytes([last])
        for kind, where, last in ((0, 0, 0), (2, 2, 0), (1, place, 0), (1, at, 0))
    )
    table = b"3 0 obj\n" + deflated(rows, "/Type /XRef /Root 1 0 R /Size 4 /W [1 4 1]") + b"\nendobj\n"
    return body + table + f"startxref\n{at}\n%%EOF\n".encode()


BOMB = bytes(80 * 1024 * 1024)
NAMES = "/Names << /EmbeddedFiles 5 0 R >>"


def named_form_of_many_ways() -> bytes:
    return with_page(
        "/AcroForm << /Fields [5 0 R] >>", NOTHING, *branches(5, rest="/T (x)"), "<< /FT /Sig /T (x) >>"
    )


@cache
def hostile_files() -> Mapping[str, bytes]:
    """By name. To make them takes two seconds of the processor, so not while tests are collected."""
    return {
        "references in a circle": with_page("/Names 5 0 R", NOTHING, "6 0 R", "5 0 R"),
        "a name tree in a circle": with_page(NAMES, NOTHING, "<< /Kids [5 0 R 5 0 R] >>"),
        "a name tree that branches in circles": with_page(NAMES, NOTHING, f"<< /Kids [{'5 0 R ' * 100}] >>"),
        "a name tree of many ways": with_page(NAMES, NOTHING, *branches(5), "<< >>"),
        "a name tree of many leaves": with_page(
            NAMES, NOTHING, f"<< /Kids [{'6 0 R ' * 100_000}] >>", "<< >>"
        ),
        "a form that branches in circles": with_page(
            "/AcroForm << /Fields [5 0 R] >>", NOTHING, f"<< /FT /Sig /Kids [{'5 0 R ' * 100}] >>"
        ),
        "a form of many ways": with_page(
            "/AcroForm << /Fields [5 0 R] >>", NOTHING, *branches(5), "<< /FT /Sig >>"
        ),
        "a form of many ways with names": named_form_of_many_ways(),
        "a form of many fields": with_page(
            f"/AcroForm << /Fields [{'5 0 R ' * 100_000}] >>", NOTHING, "<< /FT /Sig /T (x) >>"
        ),
        "pages of many ways": pdf(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                *branches(2, rest="/Type /Pages /Count 1"),
                "<< /Type /Page /MediaBox [0 0 9 9] >>",
            ]
        ),
        "pages in a circle": pdf(
            ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]
        ),
        "one page many times": pdf(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                f"<< /Type /Pages /Kids [{'3 0 R ' * 200_000}] /Count 200000 >>",
                "<< /Type /Page /MediaBox [0 0 9 9] >>",
            ]
        ),
        "validation data without end": with_page(
            f"/DSS << /Certs [{'5 0 R ' * 100_000}] >>", NOTHING, deflated(b"x")
        ),
        "a structure of many ways": with_structure(element("P", "15 0 R"), *spans(15)),
        "a paragraph of many ways to one text": with_structure(
            element("Document", "15 0 R " * 1000),
            element("P", "16 0 R " * 1000),
            "<< /Type /StructElem /S /Span /ActualText (" + "x" * 10_000 + ") >>",
        ),
        "a content in many parts": with_structure(
            element("P", ""), deflated(bytes(10_000_000)), content="[" + "15 0 R " * 10_000 + "]"
        ),
        "tables in a circle": pdf(["<< /Type /Catalog >>"], "/Prev 63"),
        "a table without width": packed_table("/W [0 0 0] /Index [0 2000000000] /Size 2000000000"),
        "a table that unpacks without end": packed_table("/W [1 4 1] /Size 52428800", BOMB),
        "objects that unpack without end": packed_objects(BOMB),
        "brackets without end": pdf(["[" * 100_000]),
        "a stream longer than the file": pdf(["<< /Length 99999999 >>\nstream\nx\nendstream"]),
        "a length that is its own": pdf(["<< /Length 1 0 R >>\nstream\nx\nendstream"]),
        "a key twice": pdf(["<< /Type /Catalog /Names 2 0 R /Names 3 0 R >>"]),
        "an encrypted file": pdf(["<< /Type /Catalog >>"], "/Encrypt 2 0 R"),
    }
