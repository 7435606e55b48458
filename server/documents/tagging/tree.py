"""The structure tree while the pages are painted (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top in points from the lower left corner of the page."""


class MarkedContent(NamedTuple):
    """A marked-content sequence: page index from 0, and its MCID."""

    page: int
    mcid: int


@dataclass(slots=True, eq=False)
class Element:
    """A node. `attributes` are name values by owner, as in {"Table": {"Scope": "Row"}}."""

    tag: str
    alt: str = ""
    title: str = ""
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    summary: str = ""
    box: Rectangle | None = None
    kids: list[Element | MarkedContent] = field(default_factory=list)

    def add(
        self,
        tag: str,
        *,
        alt: str = "",
        title: str = "",
        attributes: Mapping[str, Mapping[str, str]] | None = None,
        summary: str = "",
    ) -> Element:
        """A new last child."""
        child = Element(tag, alt, title, attributes or {}, summary)
        self.kids.append(child)
        return child


@dataclass(frozen=True, slots=True)
class LinkArea:
    page: int
    rectangle: Rectangle
    address: str
    element: Element


@dataclass(frozen=True, slots=True)
class Appearance:
    """Operators in the field's own coordinates, and the font resources of its page that they name."""

    operators: str
    fonts: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignatureField:
    """`tooltip` is what a screen reader says. An empty rectangle is an invisible field; `look` is what is
    seen while nobody has signed."""

    page: int
    rectangle: Rectangle
    name: str
    tooltip: str
    element: Element
    look: Appearance | None = None


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    page: int
    top: float
    level: int
    title: str
