"""HTML written out: everything that is not markup already is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

_EMPTY: Final = frozenset({"meta", "br", "wbr"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()

    def __html__(self) -> str:
        """Templates take it as it is, see MarkupSafe."""
        return str(self)


def element(tag: str, *children: str, **attributes: str) -> Markup:
    """`class_` stands for `class`, `http_equiv` for `http-equiv`; an empty attribute is left out."""
    given = {name.strip("_").replace("_", "-"): value for name, value in attributes.items() if value}
    head = tag + "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return Markup(f"<{head}>" if tag in _EMPTY else f"<{head}>{joined(children)}</{tag}>")


def joined(parts: Iterable[str]) -> Markup:
    return Markup("".join(part if isinstance(part, Markup) else escape(part, quote=False) for part in parts))


def lines(parts: Iterable[str]) -> Markup:
    """Each on a line of its own."""
    return joined(Markup(f"{joined([part])}\n") for part in parts)
