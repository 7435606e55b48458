"""Built files of the client: a fixed list made at start, each with the hash of its bytes."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.responses import FileResponse, Response

from server.domain.errors import NotFound

PREFIX: Final = "/static/"
VERSION: Final = "v"
EDITOR_WORKER: Final = "editor-worker.js"
"""Served at the root: a service worker may answer for addresses at or below its own only."""
FOREVER: Final = "public, max-age=31536000, immutable"
WEEK: Final = "public, max-age=604800"
CHECK_AGAIN: Final = "no-cache"
MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


PACKED: Final = frozenset({".css", ".js", ".json", ".svg", ".webmanifest"})
"""Kinds of which a packed copy is kept in memory. Source maps are fetched by nobody but developers."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """`packed`: the bytes as gzip (RFC 1952), None where that would save nothing."""

    path: Path
    hash: str
    packed: bytes | None


class StaticFiles:
    """Only what lay in the folder at start is served, so no path can lead elsewhere."""

    def __init__(self, directory: Path) -> None:
        self._files = {
            path.relative_to(directory).as_posix(): _read(path)
            for path in sorted(directory.rglob("*"))
            if path.is_file() and path.suffix in MEDIA_TYPES
        }

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def address(self, name: str) -> str:
        """`/static/main.css?v=…`; without a hash where the client has not been built."""
        file = self._files.get(name)
        return f"{PREFIX}{name}?{VERSION}={file.hash}" if file else f"{PREFIX}{name}"

    def response(self, name: str, version: str | None, *, packed: bool = False) -> Response:
        """Raises NotFound. `version` is the hash that `address` gave; style sheets name fonts without one.

        `packed`: the browser understands gzip. Only these files are packed, never pages: the length of a
        packed page tells who can put words into it something about the form's token.
        """
        file = self._files.get(name)
        if file is None:
            raise NotFound(what="file")
        headers = {"Cache-Control": _lifetime(file, version), "Vary": "Accept-Encoding"}
        media_type = MEDIA_TYPES[file.path.suffix]
        if packed and file.packed is not None:
            return Response(
                file.packed, media_type=media_type, headers=headers | {"Content-Encoding": "gzip"}
            )
        return FileResponse(file.path, media_type=media_type, headers=headers)


def _lifetime(file: StaticFile, version: str | None) -> str:
    if version == file.hash:
        return FOREVER
    return WEEK if file.path.suffix == ".woff2" else CHECK_AGAIN


def _read(path: Path) -> StaticFile:
    data = path.read_bytes()
    packed = gzip.compress(data, mtime=0) if path.suffix in PACKED else data
    digest = hashlib.sha256(data).hexdigest()[:16]
    return StaticFile(path, digest, packed if len(packed) < len(data) else None)


def takes_gzip(accept_encoding: str) -> bool:
    """By the header `Accept-Encoding` (RFC 9110 section 12.5.3)."""
    for part in accept_encoding.lower().split(","):
        coding, _, weight = (piece.strip() for piece in part.partition(";"))
        if coding == "gzip":
            return not weight or weight.removeprefix("q=").strip("0.") != ""
    return False
