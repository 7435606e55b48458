"""Repairs what ReportLab writes beside the glyphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pikepdf import Dictionary, Name, Object, Pdf

_PAIR: Final = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
_NOTHING: Final = frozenset({"0000", "FEFF", "FFFE"})
_LARGEST_BLOCK: Final = 100  # Adobe Technical Note 5411: at most 100 entries in a bfchar block


def clean_fonts(pdf: Pdf) -> None:
    """ToUnicode without codes for nothing, blocks of a lawful length; no fonts that are not embedded."""
    for font in _fonts(pdf):
        if "/ToUnicode" in font:
            font.ToUnicode.write(_clean_map(font.ToUnicode.read_bytes().decode("ascii")).encode("ascii"))
    for page in pdf.pages:
        fonts = page.obj.Resources.get("/Font", Dictionary())
        for name in [name for name in fonts.keys() if "/FontDescriptor" not in fonts[name]]:  # noqa: SIM118  # pikepdf dictionaries iterate over nothing else
            del fonts[name]


def _fonts(pdf: Pdf) -> Iterator[Object]:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font:
            yield item


def _clean_map(text: str) -> str:
    head, rest = text.split("begincodespacerange", 1)
    body, foot = rest.split("endcodespacerange", 1)[1].rsplit("endbfchar", 1)
    pairs = [f"<{code}> <{_utf16(value)}>" for code, value in _PAIR.findall(body) if value not in _NOTHING]
    blocks = [pairs[i : i + _LARGEST_BLOCK] for i in range(0, len(pairs), _LARGEST_BLOCK)]
    written = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return f"{head}begincodespacerange\n<00> <FF>\nendcodespacerange\n{written}{foot}"


def _utf16(value: str) -> str:
    """ReportLab writes code points; beyond the first plane the map wants surrogates."""
    return chr(int(value, 16)).encode("utf-16-be").hex().upper()
