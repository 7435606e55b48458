"""The parts of a DOCX and how they hang together (ISO/IEC 29500-2)."""

from __future__ import annotations

import posixpath
from typing import Final

from server.documents.word.container import Container, Element
from server.documents.word.docx.names import RELATIONSHIPS, TYPES
from server.domain.text.files.errors import InvalidFile, MacroFile

_CONTENT_TYPES: Final = "[Content_Types].xml"
MAX_SIDE_PARTS: Final = 40
"""Headers, footers and the like that are looked at."""


class Package:
    """Raises what `Container` raises, and MacroFile."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._ensure_harmless()
        self.main = self._main()
        self._targets: dict[str, tuple[str, str, bool]] = {}
        for relation in self._relations(self.main):
            kind = (relation.get("Type") or "").rpartition("/")[2]
            is_outside = relation.get("TargetMode") == "External"
            self._targets[relation.get("Id") or ""] = (kind, relation.get("Target") or "", is_outside)

    @staticmethod
    def is_one(container: Container) -> bool:
        return _CONTENT_TYPES in container.names

    def document(self) -> Element:
        root = self._container.xml(self.main)
        if root is None:
            raise InvalidFile()
        return root

    def part(self, kind: str) -> Element | None:
        """The root of the first part of that kind: styles, numbering, comments."""
        return next(iter(self.parts(kind)), None)

    def parts(self, kind: str) -> list[Element]:
        names = [
            self._resolve(target)
            for found, target, is_outside in self._targets.values()
            if found == kind and not is_outside
        ]
        roots = [self._container.xml(name) for name in names[:MAX_SIDE_PARTS]]
        return [root for root in roots if root is not None]

    def address(self, relation: str) -> str:
        """Where a link leads; empty for one within the file."""
        _, target, is_outside = self._targets.get(relation, ("", "", False))
        return target if is_outside else ""

    def _resolve(self, target: str) -> str:
        if target.startswith("/"):
            return target[1:]
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.main), target))

    def _relations(self, part: str) -> list[Element]:
        folder, name = posixpath.split(part)
        root = self._container.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        return [] if root is None else list(root.findall(f"{{{RELATIONSHIPS}}}Relationship"))

    def _main(self) -> str:
        for relation in self._relations(""):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or "").lstrip("/")
        raise InvalidFile()

    def _ensure_harmless(self) -> None:
        if any(name.lower().endswith("vbaproject.bin") for name in self._container.names):
            raise MacroFile()
        types = self._container.xml(_CONTENT_TYPES)
        for entry in [] if types is None else types.iter(f"{{{TYPES}}}Override", f"{{{TYPES}}}Default"):
            if "macroenabled" in (entry.get("ContentType") or "").lower():
                raise MacroFile()
