"""Writes a text as ODT: proposals as tracked changes, remarks as annotations, clauses as a real list."""

from __future__ import annotations

from html import escape

from server.documents.word.container import pack
from server.documents.word.odt import style_parts
from server.documents.word.odt.body import Body
from server.documents.word.odt.names import MEDIA_TYPE
from server.domain.text.files.manuscript import Manuscript


def write_odt(manuscript: Manuscript, title: str) -> bytes:
    """The same bytes for the same text. ODF tracks no change of a paragraph's kind: it stays."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {style_parts.NAMESPACES} '
        f'office:version="1.3"><office:automatic-styles>{style_parts.automatic_styles()}'
        f"</office:automatic-styles><office:body><office:text>{Body(manuscript).xml()}</office:text>"
        "</office:body></office:document-content>"
    )
    parts = {
        "mimetype": MEDIA_TYPE.encode(),
        "content.xml": content.encode(),
        "styles.xml": style_parts.styles(),
        "meta.xml": style_parts.meta(escape(title)),
        "META-INF/manifest.xml": style_parts.manifest(),
    }
    return pack(parts, stored="mimetype")
