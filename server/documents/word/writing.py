"""Writes a text as a file that other programs open."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from server.documents.word.docx.writer import write_docx
from server.documents.word.markdown.writer import write_markdown
from server.documents.word.odt.writer import write_odt
from server.domain.text.checkpoints import settled_content
from server.domain.text.files.manuscript import Manuscript


class FileFormat(StrEnum):
    """By the end of the file's name."""

    DOCX = "docx"
    ODT = "odt"
    MARKDOWN = "md"
    PLAIN = "txt"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Final = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.ODT: "application/vnd.oasis.opendocument.text",
    FileFormat.MARKDOWN: "text/markdown; charset=utf-8",
    FileFormat.PLAIN: "text/plain; charset=utf-8",
}


def write_file(manuscript: Manuscript, title: str, file_format: FileFormat) -> bytes:
    """DOCX and ODT keep proposals and remarks; Markdown and plain text hold what stands without them."""
    match file_format:
        case FileFormat.DOCX:
            return write_docx(manuscript, title)
        case FileFormat.ODT:
            return write_odt(manuscript, title)
        case FileFormat.MARKDOWN:
            return write_markdown(settled_content(manuscript.blocks))
        case FileFormat.PLAIN:
            return settled_content(manuscript.blocks).plain_text.encode()
