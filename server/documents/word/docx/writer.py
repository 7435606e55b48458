"""Writes a text as DOCX: proposals as tracked changes, remarks as comments, clauses as a real list."""

from __future__ import annotations

from html import escape
from typing import Final

from server.documents.word.container import pack, serialize
from server.documents.word.docx import style_parts
from server.documents.word.docx.body import Body
from server.documents.word.docx.comment_parts import comment_parts
from server.domain.text.files.manuscript import Manuscript

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES: Final = {
    "document": f"{_WORD}.document.main+xml",
    "styles": f"{_WORD}.styles+xml",
    "numbering": f"{_WORD}.numbering+xml",
    "settings": f"{_WORD}.settings+xml",
    "comments": f"{_WORD}.comments+xml",
    "commentsExtended": f"{_WORD}.commentsExtended+xml",
}
_KINDS: Final = {
    "commentsExtended": "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
}
_CORE: Final = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_NAMES: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_CORE_KIND: Final = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


def write_docx(manuscript: Manuscript, title: str) -> bytes:
    """The same bytes for the same text. `title`: for the file's properties."""
    body = Body(manuscript)
    sides = {
        "styles": style_parts.styles(),
        "numbering": style_parts.numbering(),
        "settings": style_parts.settings(),
        **comment_parts(manuscript.remarks, body.numbers),
    }
    relations = [
        (f"part{number}", _KINDS.get(name, f"{_OFFICE}/{name}"), f"{name}.xml", False)
        for number, name in enumerate(sides, 1)
    ]
    links = [
        (key, f"{_OFFICE}/hyperlink", escape(address, quote=True), True)
        for address, key in body.links.items()
    ]
    types = {f"word/{name}.xml": _TYPES[name] for name in ("document", *sides)}
    parts = {
        "[Content_Types].xml": style_parts.content_types({**types, "docProps/core.xml": _CORE}),
        "_rels/.rels": style_parts.relationships(
            [
                ("document", f"{_OFFICE}/officeDocument", "word/document.xml", False),
                ("core", _CORE_KIND, "docProps/core.xml", False),
            ]
        ),
        "word/document.xml": serialize(body.root),
        "word/_rels/document.xml.rels": style_parts.relationships([*relations, *links]),
        **{f"word/{name}.xml": data for name, data in sides.items()},
        "docProps/core.xml": _core(title),
    }
    return pack(parts)


def _core(title: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<cp:coreProperties xmlns:cp="{_CORE_NAMES}" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:language>de-DE</dc:language></cp:coreProperties>"
    ).encode()
