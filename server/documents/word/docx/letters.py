"""Letters inside a run of a DOCX that is written."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from server.documents.word.container import Element
from server.documents.word.docx.names import XML_SPACE, w
from server.domain.text.content import HARD_BREAK

_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold (XML 1.0, 2.2)."""


def write_letters(run: Element, text: str, name: str = "t") -> None:
    """`name`: `delText` within what was deleted."""
    for number, line in enumerate(_NO_XML.sub("", text).split(HARD_BREAK)):
        if number:
            etree.SubElement(run, w("br"))
        if line:
            element = etree.SubElement(run, w(name))
            element.text = line
            element.set(XML_SPACE, "preserve")
