"""The package for the E-Akte: the message with its files as one ZIP, beside it a bag with the same."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

from server.documents.archive.bag import write_bag
from server.documents.archive.items import Dossier
from server.documents.archive.xdomea import DIALECTS, primary_name, write_message
from server.domain.release.archive import MAX_BYTES, ArchiveTooLarge, MessageKind, XdomeaVersion
from server.domain.terms.local_time import ZONE


def write_package(folder: Path, dossier: Dossier, kind: MessageKind, version: XdomeaVersion) -> bytes:
    """Into a folder that is there and empty. Returns the message. Raises ArchiveTooLarge, BrokenBag."""
    if sum(len(file.data) for file in dossier.files) > MAX_BYTES:
        raise ArchiveTooLarge(most=MAX_BYTES >> 20)
    stem, message = DIALECTS[version].stem(dossier.process, kind), write_message(dossier, kind, version)
    files = {primary_name(dossier, file): file.data for file in dossier.files}
    packed = zipped({f"{stem}.xml": message, **files}, dossier.changed_at)
    (folder / f"{stem}.zip").write_bytes(packed)
    write_bag(folder / f"{dossier.slug}-bag", dossier, {f"metadaten/{stem}.xml": message})
    return message


def zipped(files: Mapping[str, bytes], at: datetime) -> bytes:
    """The same files and time give the same bytes."""
    out, stamp = BytesIO(), at.astimezone(ZONE).timetuple()[:6]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, stamp)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def read_folder(folder: Path) -> dict[str, bytes]:
    """By path below it, with `/`."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
