"""Names of OpenDocument (ISO/IEC 26300-3:2015), and what is asked of every element."""

from __future__ import annotations

import re
from typing import Final

from server.documents.word.container import Element

NAMES: Final = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"
_PREFIXES: Final = {uri: prefix for prefix, uri in NAMES.items()}
_ENCODED: Final = re.compile(r"_([0-9a-f]{2,4})_")


def q(name: str) -> str:
    """`text:p` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMES[prefix]}}}{local}"


def name_of(element: Element) -> str:
    """The other way round; empty for what is none of ours."""
    if not isinstance(element.tag, str):
        return ""
    uri, _, local = element.tag[1:].partition("}")
    return f"{_PREFIXES[uri]}:{local}" if uri in _PREFIXES else ""


def get(element: Element | None, name: str) -> str:
    return "" if element is None else str(element.get(q(name)) or "")


def plain_name(style: str) -> str:
    """`Heading_20_1` → `heading 1`."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), style).lower()


def words_in(element: Element) -> str:
    """Its text, paragraphs with a blank between."""
    names = (q("text:p"), q("text:h"))
    return " ".join(filter(None, ("".join(part.itertext()).strip() for part in element.iter(*names))))
