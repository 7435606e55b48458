"""Reads `multipart/form-data` (RFC 7578) piece by piece: few parts, small fields, one file that goes to disk.

The cost is linear in what came, whatever stands in it: a boundary is looked for with `bytes.find`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile

from server.domain.errors import InvalidInput

MAX_PARTS: Final = 24
MAX_FIELD: Final = 32 * 1024
"""Bytes of one field that is no file, where a page does not take more."""
MAX_PART_HEAD: Final = 2 * 1024
MAX_BOUNDARY: Final = 70  # RFC 2046, section 5.1.1
IN_MEMORY: Final = 64 * 1024
"""Bytes of a file up to which it needs no disk."""


class _State(Enum):
    DATA = auto()
    """Of a part, or what stands before the first."""
    AFTER_BOUNDARY = auto()
    HEAD = auto()
    END = auto()


class MultipartReader:
    """`feed` pieces, then `finish`. Raises InvalidInput for what is malformed or too much.

    `before_file` sees the fields that stand before the file, and may refuse to take it.
    """

    def __init__(
        self,
        content_type: str,
        before_file: Callable[[Mapping[str, object]], None],
        max_field: int = MAX_FIELD,
    ) -> None:
        self.fields: dict[str, object] = {}
        self._mark = b"\r\n--" + _boundary_of(content_type)
        self._before_file = before_file
        self._max_field = max_field
        self._state = _State.DATA
        self._rest = b"\r\n"  # so that the first boundary looks like all others
        self._parts = 0
        self._name = ""
        self._value = bytearray()
        self._file: UploadFile | None = None

    def feed(self, piece: bytes) -> None:
        """Blocks while a large file is written."""
        self._rest += piece
        while self._step():
            pass

    def finish(self) -> Mapping[str, object]:
        if self._state is not _State.END:
            raise InvalidInput(field="body")
        return self.fields

    def close(self) -> None:
        """Gives the file's place back."""
        for value in (*self.fields.values(), self._file):
            if isinstance(value, UploadFile):
                value.file.close()

    def _step(self) -> bool:
        """False: more has to come first."""
        match self._state:
            case _State.DATA:
                return self._read_data()
            case _State.AFTER_BOUNDARY:
                return self._read_after_boundary()
            case _State.HEAD:
                return self._read_head()
            case _State.END:
                self._rest = b""
                return False

    def _read_data(self) -> bool:
        end = self._rest.find(self._mark)
        if end < 0:
            kept = len(self._mark) - 1  # the beginning of a boundary may stand at the end
            self._take(self._rest[:-kept])
            self._rest = self._rest[-kept:]
            return False
        self._take(self._rest[:end])
        self._rest = self._rest[end + len(self._mark) :]
        self._end_part()
        self._state = _State.AFTER_BOUNDARY
        return True

    def _read_after_boundary(self) -> bool:
        if len(self._rest) < 2:
            return False
        mark, self._rest = self._rest[:2], self._rest[2:]
        if mark not in (b"\r\n", b"--"):
            raise InvalidInput(field="body")
        self._state = _State.HEAD if mark == b"\r\n" else _State.END
        return True

    def _read_head(self) -> bool:
        end = self._rest.find(b"\r\n\r\n")
        if end > MAX_PART_HEAD or (end < 0 and len(self._rest) > MAX_PART_HEAD):
            raise InvalidInput(field="body")
        if end < 0:
            return False
        self._begin_part(self._rest[:end])
        self._rest = self._rest[end + 4 :]
        self._state = _State.DATA
        return True

    def _begin_part(self, head: bytes) -> None:
        self._parts += 1
        options = _disposition(head)
        if self._parts > MAX_PARTS or b"name" not in options:
            raise InvalidInput(field="body")
        self._name = options[b"name"].decode(errors="replace")
        if b"filename" in options:
            self._begin_file(options[b"filename"].decode(errors="replace"))

    def _begin_file(self, name: str) -> None:
        if any(isinstance(value, UploadFile) for value in self.fields.values()):
            raise InvalidInput(field=self._name)
        self._before_file(self.fields)
        place = cast("BinaryIO", SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115 closed by `close`
        self._file = UploadFile(place, size=0, filename=name)

    def _take(self, data: bytes) -> None:
        if self._file is not None:
            self._file.file.write(data)
            self._file.size = (self._file.size or 0) + len(data)
        elif self._name:
            self._value += data
            if len(self._value) > self._max_field:
                raise InvalidInput(field=self._name)

    def _end_part(self) -> None:
        if self._file is not None:
            self._file.file.seek(0)
        if self._name:
            self.fields[self._name] = self._file or self._value.decode(errors="replace")
        self._name, self._file = "", None
        self._value.clear()


def _boundary_of(content_type: str) -> bytes:
    if len(content_type) > MAX_PART_HEAD:
        raise InvalidInput(field="body")
    boundary = parse_options_header(content_type)[1].get(b"boundary", b"")
    if not 0 < len(boundary) <= MAX_BOUNDARY:
        raise InvalidInput(field="body")
    return boundary


def _disposition(head: bytes) -> Mapping[bytes, bytes]:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-disposition":
            return parse_options_header(value.strip())[1]
    return {}
