"""The files inside a PDF that anybody may have made, and its form fields by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pikepdf import Array, Dictionary, Object

from server.documents.reading.bounds import walk
from server.documents.reading.safe_streams import MAX_STREAM, Unpacker, open_pdf

MAX_ATTACHMENTS: Final = 100
MAX_NAME_NODES: Final = 500


def read_attachments(pdf: bytes) -> dict[str, bytes]:
    """Attached files by name. Raises ValueError for what is no PDF, for more than 100 files, for more than
    32 MiB altogether, or for one name twice.
    """
    with open_pdf(pdf) as opened:
        names = opened.Root.get("/Names", Dictionary()).get("/EmbeddedFiles", Dictionary())
        found: dict[str, bytes] = {}
        unpacker = Unpacker(MAX_STREAM)
        for name, specification in _leaves(names):
            if name in found or len(found) == MAX_ATTACHMENTS:
                raise ValueError("one name twice, or too many attachments")
            found[name] = unpacker.unpack(specification.EF.F)
        return found


def has_field(pdf: bytes, name: str) -> bool:
    """Is there a top-level form field with this name? Call `ensure_bounded_trees` first. Raises ValueError
    for what is no PDF."""
    with open_pdf(pdf) as opened:
        fields = opened.Root.get("/AcroForm", Dictionary()).get("/Fields", Array())
        return any(str(field.get("/T", "")) == name for field in fields)


def _leaves(tree: Object) -> Iterator[tuple[str, Object]]:
    """A name tree (ISO 32000-1, 7.9.6)."""
    for node in walk(tree, "/Kids", MAX_NAME_NODES):
        pairs = node.get("/Names", Array())
        if len(pairs) > 2 * MAX_ATTACHMENTS:
            raise ValueError("too many attachments")
        for name, specification in zip(list(pairs)[::2], list(pairs)[1::2], strict=True):
            yield str(name), specification
