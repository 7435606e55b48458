"""Built files of the client: a fixed list made at start, each with the hash of its bytes."""

from __future__ import annotations

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
    ".js": "text/javascript",
    ".json": "application/json",
    ".map": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class StaticFile:
    path: Path
    hash: str


class StaticFiles:
    """Only what lay in the folder at start is served, so no path can lead elsewhere."""

    def __init__(self, directory: Path) -> None:
        self._files = {
            path.relative_to(directory).as_posix(): StaticFile(path, _hash(path))
            for path in sorted(directory.rglob("*"))
            if path.is_file() and path.suffix in MEDIA_TYPES
        }

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def address(self, name: str) -> str:
        """`/static/main.css?v=…`; without a hash where the client has not been built."""
        file = self._files.get(name)
        return f"{PREFIX}{name}?{VERSION}={file.hash}" if file else f"{PREFIX}{name}"

    def response(self, name: str, version: str | None) -> Response:
        """Raises NotFound. `version` is the hash that `address` gave; style sheets name fonts without one."""
        file = self._files.get(name)
        if file is None:
            raise NotFound(what="file")
        return FileResponse(
            file.path,
            media_type=MEDIA_TYPES[file.path.suffix],
            headers={"Cache-Control": _lifetime(file, version)},
        )


def _lifetime(file: StaticFile, version: str | None) -> str:
    if version == file.hash:
        return FOREVER
    return WEEK if file.path.suffix == ".woff2" else CHECK_AGAIN


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
