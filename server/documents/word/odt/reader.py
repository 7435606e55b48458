"""Reads an ODT: a walk over `office:text` that goes into what was deleted where it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from server.documents.word.collector import Change, Collector, Kind
from server.documents.word.container import Container, Element
from server.documents.word.odt.changes import read_regions
from server.documents.word.odt.inline import Inline
from server.documents.word.odt.names import MEDIA_TYPE, get, name_of, q, words_in
from server.documents.word.odt.styles import Styles
from server.documents.word.threads import gather_threads
from server.domain.text.files.errors import InvalidFile, LockedFile, MacroFile
from server.domain.text.files.manuscript import LossKind, Manuscript

_THROUGH: Final = frozenset({"text:section", "text:list-header", "text:index-body", "office:text"})
_CONTENTS: Final = frozenset(
    {"text:table-of-content", "text:alphabetical-index", "text:illustration-index", "text:bibliography"}
)
_MAX_DEPTH: Final = 60
PARAGRAPH: Final[Kind] = ("paragraph", 0)


@dataclass(frozen=True, slots=True)
class _List:
    """The list around a paragraph. `depth` 0: none. `is_first`: of its item."""

    style: str = ""
    depth: int = 0
    is_first: bool = True


def is_odt(container: Container) -> bool:
    return (container.read("mimetype") or b"").strip().startswith(MEDIA_TYPE.encode())


def read_odt(container: Container) -> Manuscript:
    """Raises InvalidFile and its family."""
    _ensure_open(container)
    content = container.xml("content.xml")
    body = None if content is None else content.find(f"{q('office:body')}/{q('office:text')}")
    if body is None:
        raise InvalidFile()
    return _Reader(body, Styles(content, container.xml("styles.xml")), container).read()


def _ensure_open(container: Container) -> None:
    manifest = container.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(q("manifest:encryption-data")), None) is not None:
        raise LockedFile()
    if any(
        name.startswith(("Basic/", "Scripts/")) and name.endswith((".xml", ".py")) for name in container.names
    ):
        raise MacroFile()


class _Reader:
    def __init__(self, body: Element, styles: Styles, container: Container) -> None:
        self._body, self._styles, self._container = body, styles, container
        self._regions = read_regions(body)
        self._out = Collector()
        self._active: dict[str, Change] = {}
        self._inline = Inline(self._out, styles, self._regions, self._active, self._removed)
        self._has_title = any(styles.is_title(get(p, "text:style-name")) for p in body.iter(q("text:p")))

    def read(self) -> Manuscript:
        self._blocks(self._body, _List(), (), 0)
        self._inline.end()
        for words in self._running_heads():
            self._out.lose(LossKind.HEADER, words)
        return self._out.finish(gather_threads(self._inline.said, self._inline.places))

    def _blocks(self, parent: Element, around: _List, changes: tuple[Change, ...], depth: int) -> None:
        if depth > _MAX_DEPTH:
            raise InvalidFile()
        for element in parent:
            name = name_of(element)
            if name in ("text:p", "text:h"):
                self._inline.read(element, changes)
                self._out.end_block(self._kind(element, around), [*self._active.values(), *changes])
                around = replace(around, is_first=False)
            elif name == "text:list":
                style = get(element, "text:style-name") or around.style
                self._blocks(element, _List(style, around.depth + 1), changes, depth + 1)
            elif name == "text:list-item":
                self._blocks(element, replace(around, is_first=True), changes, depth + 1)
            elif name in _THROUGH:
                self._blocks(element, around, changes, depth + 1)
            elif name == "table:table":
                self._out.lose(LossKind.TABLE, words_in(element))
            elif name in _CONTENTS:
                self._out.lose(LossKind.CONTENTS, words_in(element))
            elif name == "text:change":
                self._removed(get(element, "text:change-id"), whole=True)
            else:
                self._inline.mark(element, name)

    def _kind(self, element: Element, around: _List) -> Kind:
        style = get(element, "text:style-name")
        if self._styles.is_title(style):
            return ("heading", 1)
        level = get(element, "text:outline-level") if name_of(element) == "text:h" else ""
        number = int(level) if level.isdecimal() else self._styles.outline_level(style)
        if number or name_of(element) == "text:h":
            return ("heading", min(max(number, 1) + self._has_title, 3))
        if around.depth and around.is_first:
            lists = around.style or self._styles.list_of(style)
            return self._styles.listed(lists, around.depth) or PARAGRAPH
        return ("quote", 0) if self._styles.is_quote(style) else PARAGRAPH

    def _removed(self, region_id: str, *, whole: bool = False) -> None:
        """What was deleted here. `whole`: between two paragraphs, so that its last one is one too."""
        region = self._regions.get(region_id)
        if region is None or region.deleted is None:
            return
        before = (region.inserted,) if region.inserted else ()
        changes = (*self._active.values(), *before, region.deleted)
        paragraphs = [(p, around) for p, around in self._paragraphs(region.removed, _List(), 0)]
        for number, (paragraph, around) in enumerate(paragraphs, 1):
            self._inline.read(paragraph, changes)
            if whole or number < len(paragraphs):
                self._out.end_block(self._kind(paragraph, around), changes)

    def _paragraphs(
        self, elements: tuple[Element, ...] | Element, around: _List, depth: int
    ) -> list[tuple[Element, _List]]:
        if depth > _MAX_DEPTH:
            raise InvalidFile()
        found: list[tuple[Element, _List]] = []
        for element in elements:
            name = name_of(element)
            if name in ("text:p", "text:h"):
                found.append((element, around))
                around = replace(around, is_first=False)
            elif name == "text:list":
                style = get(element, "text:style-name") or around.style
                found += self._paragraphs(element, _List(style, around.depth + 1), depth + 1)
            elif name == "text:list-item":
                found += self._paragraphs(element, replace(around, is_first=True), depth + 1)
            elif name in _THROUGH:
                found += self._paragraphs(element, around, depth + 1)
        return found

    def _running_heads(self) -> list[str]:
        root = self._container.xml("styles.xml")
        names = (q("style:header"), q("style:footer"))
        every = [] if root is None else [words_in(part) for part in root.iter(*names)]
        return list(dict.fromkeys(words for words in every if words))
