"""The ZIP that a word processor writes, of which only the named parts are unpacked, and only so far."""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping
from typing import Any, Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from server.domain.text.files.errors import MAX_BYTES, InvalidFile, LargeFile, LockedFile

ZIP_MAGIC: Final = b"PK\x03\x04"
MAX_PARTS: Final = 3_000
MAX_UNPACKED: Final = 40 * 1024 * 1024
"""Bytes of XML that are unpacked of one file: what 400,000 letters need many times over."""
_LOCKED: Final = 0x1
_DAMAGED: Final = (BadZipFile, zlib.error, KeyError, ValueError, EOFError, NotImplementedError, OSError)
"""What `zipfile` raises for bytes that are no archive, or not all of one: an unknown compression is
NotImplementedError, a wrong offset ValueError or OSError."""
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
"""ISO/IEC 29500-1 Strict has other names for the same elements."""

Element = Any
"""lxml brings no types."""


class Container:
    """Raises InvalidFile, LargeFile, LockedFile, from whatever is asked."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_BYTES:
            raise LargeFile()
        try:
            self._zip = ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise InvalidFile() from error
        self._parts = {part.filename: part for part in self._zip.infolist()}
        self._unpacked = 0
        if len(self._parts) > MAX_PARTS:
            raise InvalidFile()

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def read(self, name: str) -> bytes | None:
        """None: there is no such part."""
        part = self._parts.get(name)
        if part is None:
            return None
        if part.flag_bits & _LOCKED:
            raise LockedFile()
        left = MAX_UNPACKED - self._unpacked
        try:
            with self._zip.open(part) as stream:
                data = stream.read(left + 1)
        except (*_DAMAGED, RuntimeError) as error:
            raise InvalidFile() from error
        if len(data) > left:
            raise LargeFile()
        self._unpacked += len(data)
        return data

    def xml(self, name: str) -> Element | None:
        """Its root element; None: there is no such part."""
        data = self.read(name)
        return None if data is None else parse(data)


def parse(data: bytes) -> Element:
    """No entity is resolved, nothing is fetched, and a file that declares any is refused. Raises
    InvalidFile."""
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidFile() from error
    if root.getroottree().docinfo.doctype:
        raise InvalidFile()
    return root


def serialize(root: Element) -> bytes:
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def pack(parts: Mapping[str, bytes], stored: str = "") -> bytes:
    """The same bytes for the same parts. `stored`: the first part, which is not compressed."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            info = ZipInfo(name, _STAMP)
            info.compress_type = 0 if name == stored else ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
