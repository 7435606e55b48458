"""The plain text of a mail, read from its HTML: the two parts cannot say different things."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

BLOCKS: Final = frozenset({"p", "h1", "ul", "li", "div", "blockquote"})
INLINE: Final = frozenset({"a", "strong", "code", "span"})
_SPACES: Final = re.compile(r"[ \t\r\n]+")
"""White space of the source. A no-break space stays one."""


def plain_text(html: str) -> str:
    """Of the element `body`. Blocks become paragraphs, items of a list lines with a dash.

    Raises ValueError for an element that a mail of ours does not have.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.blocks).replace("\n\n- ", "\n- ") + "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._line = ""
        self._mark = ""
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "body":
            self._is_inside = True
        elif self._is_inside:
            self._open(tag)

    def _open(self, tag: str) -> None:
        if tag in BLOCKS:
            self._end_block()
            self._mark = "- " if tag == "li" else ""
        elif tag == "br":
            self._line = self._line.rstrip(" ") + "\n"
        elif tag not in INLINE:
            raise ValueError(f"a mail has no <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS or tag == "body":
            self._end_block()
        if tag == "body":
            self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            words = _SPACES.sub(" ", data)
            self._line += words.lstrip(" ") if not self._line or self._line[-1] in " \n" else words

    def _end_block(self) -> None:
        if text := self._line.strip(" \n"):
            self.blocks.append(self._mark + text)
        self._line = self._mark = ""
