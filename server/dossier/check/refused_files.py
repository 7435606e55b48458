"""What is refused before anything reads it."""

from __future__ import annotations

import io
from typing import BinaryIO, Final

from server.domain.release.verification import MAX_MEGABYTES, Finding
from server.signing.checks import Check, broken

_HEAD: Final = 1024


def refuse_file(data: bytes) -> Finding | None:
    """None for what begins like a PDF of a size that can be checked."""
    if not data:
        return broken(Check.FILE_EMPTY, "The file is empty.")
    if len(data) > MAX_MEGABYTES * 1024 * 1024:
        return too_large()
    if not data.startswith(b"%PDF-"):
        return broken(Check.FILE_NOT_PDF, "The file is no PDF: it does not begin with %PDF-.")
    return None


def refuse_open_file(file: BinaryIO) -> Finding | None:
    """`refuse_file` for a file that is not in memory. It stands at its beginning afterwards."""
    start = file.read(_HEAD)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return too_large() if size > MAX_MEGABYTES * 1024 * 1024 else refuse_file(start)


def too_large() -> Finding:
    return broken(Check.FILE_TOO_LARGE, f"The file is larger than {MAX_MEGABYTES} MB.")
