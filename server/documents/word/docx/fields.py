"""Fields: what Word calculates. Their result is text; what they are made of is not."""

from __future__ import annotations

import re
from typing import Final

_HYPERLINK: Final = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')


class Fields:
    """The fields that are open at one place of the text: they nest, and go on over paragraphs."""

    def __init__(self) -> None:
        self._open: list[tuple[list[str], bool]] = []

    def mark(self, kind: str) -> None:
        """`kind`: begin, separate or end."""
        if kind == "begin":
            self._open.append(([], False))
        elif self._open and kind == "separate":
            self._open[-1] = (self._open[-1][0], True)
        elif self._open and kind == "end":
            self._open.pop()

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1][1]:
            self._open[-1][0].append(text)

    @property
    def is_shown(self) -> bool:
        """Whether what comes now is to be read."""
        return all(shown for _, shown in self._open) and not self.is_contents

    @property
    def is_contents(self) -> bool:
        """A table of contents."""
        return any("".join(words).split()[:1] == ["TOC"] for words, _ in self._open)

    @property
    def link(self) -> str:
        """The address of the innermost link; empty for none."""
        found = [address for words, _ in self._open if (address := address_in("".join(words)))]
        return found[-1] if found else ""


def address_in(instruction: str) -> str:
    match = _HYPERLINK.match(instruction)
    return match[1] if match else ""
