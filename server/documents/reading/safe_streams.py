"""Streams of files that anybody may have made: sizes are bounded while they are unpacked."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pikepdf
from pikepdf import Array, Name, Object, PasswordError, Pdf, PdfError, Stream
from pikepdf.settings import set_qpdf_limits

MAX_FILE: Final = 64 * 1024 * 1024
MAX_STREAM: Final = 32 * 1024 * 1024


class EncryptedPdf(ValueError):
    """Nothing is decrypted here, with an empty password neither: our files are open to everybody."""

    def __init__(self) -> None:
        super().__init__("the file is encrypted")


@contextmanager
def open_pdf(data: bytes) -> Iterator[Pdf]:
    """Raises ValueError for what is too large or no PDF, also while the file is being read, and its subclass
    EncryptedPdf for what is encrypted."""
    if len(data) > MAX_FILE:
        raise ValueError("the file is too large")
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise EncryptedPdf
            yield pdf
    except PasswordError as error:
        raise EncryptedPdf from error
    except (PdfError, AttributeError, KeyError, IndexError, TypeError, RecursionError, zlib.error) as error:
        if isinstance(error, PdfError) and "encryption" in str(error):  # a kind that the library doesn't know
            raise EncryptedPdf from error
        raise ValueError("not a PDF that can be read") from error


def unpack(stream: Object, limit: int = MAX_STREAM) -> bytes:
    """The data of a plain or deflated stream. Raises ValueError for other filters or above `limit` bytes."""
    if not isinstance(stream, Stream):
        raise ValueError("a stream is missing")
    raw = stream.read_raw_bytes()
    filters = stream.get("/Filter", Array())
    names = list(filters) if isinstance(filters, Array) else [filters]
    if names and (names != [Name.FlateDecode] or "/DecodeParms" in stream):
        raise ValueError("a stream in an unexpected encoding")
    data = inflate(raw, limit) if names else raw
    if len(data) > limit:
        raise ValueError("a stream is too large")
    return data


def bound_library() -> None:
    """No stream that the library itself unpacks, as tables and packed objects are, may be larger than
    MAX_STREAM. Holds for the whole process, so call it only in one that does nothing else."""
    set_qpdf_limits(flate_max_memory=MAX_STREAM, max_stream_filters=1)


class Unpacker:
    """Unpacks streams that may have `limit` bytes altogether: one stream can be named many times."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def unpack(self, stream: Object, limit: int = MAX_STREAM) -> bytes:
        """Raises ValueError as `unpack` does, and when the sum is too large."""
        data = unpack(stream, min(limit, self.left))
        self.left -= len(data) + 1  # empty ones count too
        return data


def inflate(raw: bytes, limit: int) -> bytes:
    """Raises ValueError for what is cut off; more than `limit` bytes come back for what is larger."""
    if not raw:  # the writer leaves an empty stream empty
        return b""
    machine = zlib.decompressobj()
    data = machine.decompress(raw, limit + 1)
    if len(data) <= limit and not machine.eof:
        raise ValueError("a stream is damaged")
    return data
