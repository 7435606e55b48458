"""Writes a text as a file that other programs open."""

from __future__ import annotations

from enum import StrEnum

from server.documents.word.docx.writer import write_docx
from server.domain.text.files.manuscript import Manuscript


class FileFormat(StrEnum):
    """By the end of the file's name."""

    DOCX = "docx"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_MEDIA_TYPES = {
    FileFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def write_file(manuscript: Manuscript, title: str, file_format: FileFormat) -> bytes:
    match file_format:
        case FileFormat.DOCX:
            return write_docx(manuscript, title)
