"""Which characters the document can show, and how those without a picture of their own are drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

from server.domain.text.content import HARD_BREAK

SOFT_HYPHEN: Final = "\u00ad"
ZERO_WIDTH_SPACE: Final = "\u200b"
NO_BREAK_SPACE: Final = "\u00a0"

STAND_INS: Final[Mapping[str, str]] = {
    NO_BREAK_SPACE: " ",  # ReportLab writes code 32 for it, so it would come back as a plain space
    "\t": " ",
    HARD_BREAK: " ",
    SOFT_HYPHEN: " ",
    ZERO_WIDTH_SPACE: " ",
    "\u200c": " ",
    "\u2060": " ",
}
"""Drawn as a space under a /Span whose ActualText is the character itself."""

ZERO_WIDTH: Final = frozenset({HARD_BREAK, SOFT_HYPHEN, ZERO_WIDTH_SPACE, "\u200c", "\u2060"})
BREAKING_SPACES: Final = frozenset(" \t\u2002\u2003\u2009\u200a")
_REFUSED: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Controls, direction marks, private use, unassigned: invisible in print, so nobody could check them."""
_DOTLESS: Final = {"i": "ı", "j": "ȷ"}
_ABOVE: Final = 230  # canonical combining class of marks above the letter


def clusters(text: str) -> Iterator[str]:
    """Letters with the combining marks that follow them. A mark at the very beginning stands alone."""
    begin = 0
    for i in range(1, len(text)):
        if not unicodedata.combining(text[i]):
            yield text[begin:i]
            begin = i
    if text:
        yield text[begin:]


def drawn(cluster: str) -> str:
    """What is drawn for a cluster: composed letters where they exist, no dot below a mark above."""
    if cluster in STAND_INS:
        return STAND_INS[cluster]
    if len(cluster) == 1:
        return cluster
    composed = unicodedata.normalize("NFC", cluster)
    if composed[0] in _DOTLESS and any(unicodedata.combining(c) == _ABOVE for c in composed[1:]):
        return _DOTLESS[composed[0]] + composed[1:]
    return composed


def is_refused(character: str) -> bool:
    return character not in STAND_INS and unicodedata.category(character) in _REFUSED


def character_name(character: str) -> str:
    """„U+1F600 GRINNING FACE“."""
    return f"U+{ord(character):04X} {unicodedata.name(character, 'unnamed')}"
