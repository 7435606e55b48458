"""Reads a stranger's file as a text, whatever its name says."""

from __future__ import annotations

from typing import Final

from server.documents.word.container import ZIP_MAGIC, Container
from server.documents.word.docx.package import Package
from server.documents.word.docx.reader import read_docx
from server.documents.word.markdown.reader import read_markdown
from server.documents.word.odt.reader import is_odt, read_odt
from server.domain.text.files.errors import (
    MAX_BYTES,
    InvalidFile,
    LargeFile,
    LockedFile,
    OldWordFile,
)
from server.domain.text.files.manuscript import Manuscript

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0"
"""Of Word's old format, and of the shell around a new one with a password."""
_FOREIGN: Final = (b"%PDF", b"{\\rtf", b"<?xml", b"<!DOCTYPE", b"<html")
"""Text to look at, but not a text: PDF, RTF, XML, web pages."""
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def read_file(data: bytes) -> Manuscript:
    """Blocks, and may take memory and time: for a process of its own. Raises InvalidFile and its family."""
    if len(data) > MAX_BYTES:
        raise LargeFile()
    if data.startswith(OLE_MAGIC):
        raise LockedFile() if _ENCRYPTED in data else OldWordFile()
    if data.startswith(_FOREIGN):
        raise InvalidFile()
    if not data.startswith(ZIP_MAGIC):
        return read_markdown(data)
    container = Container(data)
    if is_odt(container):
        return read_odt(container)
    if Package.is_one(container):
        return read_docx(container)
    raise InvalidFile()
