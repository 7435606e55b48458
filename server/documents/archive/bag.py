"""A bag after RFC 8493: files below `data/`, and manifests with their SHA-512.

Written here, since the library writes in the process's working directory and with the day's date; read again
and judged by the library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import bagit

from server.documents.archive.items import Dossier
from server.domain.terms.local_time import day_of

DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
ALGORITHM: Final = "sha512"


class BrokenBag(Exception):
    """What was written is not what was meant: the disk, or a defect."""


def write_bag(folder: Path, dossier: Dossier, more: Mapping[str, bytes]) -> None:
    """`folder` is made. `more`: files by path that are not documents of their own. Raises BrokenBag when the
    library does not find it valid afterwards."""
    payload = {f"data/{file.path}": file.data for file in dossier.files}
    payload |= {f"data/{path}": data for path, data in more.items()}
    tags = {
        "bagit.txt": DECLARED,
        "bag-info.txt": _info(dossier, payload),
        f"manifest-{ALGORITHM}.txt": _manifest(payload),
    }
    for path, data in {**payload, **tags, f"tagmanifest-{ALGORITHM}.txt": _manifest(tags)}.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    ensure_valid(folder)


def ensure_valid(folder: Path) -> None:
    """Raises BrokenBag."""
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, bagit.BagValidationError) as error:
        raise BrokenBag(str(error)) from error


def _manifest(files: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.new(ALGORITHM, data).hexdigest()}  {path}\n" for path, data in sorted(files.items()))
    return "".join(lines).encode()


def _info(dossier: Dossier, payload: Mapping[str, bytes]) -> bytes:
    size = sum(map(len, payload.values()))
    values = {
        "Source-Organization": dossier.author,
        "External-Description": dossier.title,
        "External-Identifier": dossier.address,
        "Internal-Sender-Identifier": dossier.short_code,
        "Bagging-Date": day_of(dossier.changed_at).isoformat(),
        "Bag-Software-Agent": "Kraftakt",
        "Payload-Oxum": f"{size}.{len(payload)}",
    }
    return "".join(f"{name}: {' '.join(value.split())}\n" for name, value in values.items()).encode()
