"""A declaration as a file in the sense of an administration: documents, each of one file or of several that
say the same."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from server.domain.release.archive import Decision


@dataclass(frozen=True)
class ArchiveFile:
    """`path`: in the bag, with `/`, ASCII. `sealed`: the seal is inside the file."""

    path: str
    data: bytes
    at: datetime
    sealed: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def extension(self) -> str:
        return self.name.rpartition(".")[2]

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class ArchiveItem:
    """`kind`: what it is in the words of a registry („Erklärung“, „Nachweis“). `files` are forms of the same
    document, the one that counts first."""

    title: str
    kind: str
    files: tuple[ArchiveFile, ...]

    @property
    def at(self) -> datetime:
        return self.files[0].at


@dataclass(frozen=True, slots=True)
class Dossier:
    """`address`: of the public page; it names the process, so its ids are the same each time. `reader`: whose
    file it is for."""

    address: str
    slug: str
    title: str
    author: str
    reader: str
    short_code: str
    began_at: datetime
    items: Sequence[ArchiveItem]
    decisions: Sequence[Decision]

    @property
    def process(self) -> uuid.UUID:
        return uuid.uuid5(uuid.NAMESPACE_URL, self.address)

    @property
    def files(self) -> list[ArchiveFile]:
        return [file for item in self.items for file in item.files]

    @property
    def changed_at(self) -> datetime:
        """Of the newest thing in it. The package says this time, so the same state gives the same bytes."""
        return max([item.at for item in self.items] + [decision.at for decision in self.decisions])
