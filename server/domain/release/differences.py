"""Where the pages of a document say something else than what was signed: a place, and both readings.

Kept as facts, so that each reader gets a sentence in their own language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_QUOTED: Final = 60
"""Letters that are quoted at once."""


class DifferenceKind(StrEnum):
    WORDS = "words"
    """`place` is the number of the block, `wanted` and `printed` what it says from the first other letter."""
    KIND = "kind"
    """`wanted` and `printed` are kinds of blocks: keys of `BLOCK_KINDS`."""
    LEVEL = "level"
    LABEL = "label"
    LOOK = "look"
    """Bold, italics or links."""
    ABSENT = "absent"
    """The pages lack the block."""
    SURPLUS = "surplus"
    """The signed text has no such block."""
    PLAIN_TEXT = "plain_text"
    SIGNATORY = "signatory"
    """A cell of the list, by its number."""
    STATEMENT = "statement"
    """A paragraph of the Protokollerklärungen."""
    PROOF = "proof"
    """A cell or paragraph of the proof of the sign-offs."""
    PAGE = "page"
    """`place` is the page on which something else is painted."""
    UNREADABLE = "unreadable"
    """Nothing could be compared."""
    TRAILER = "trailer"
    OBJECT = "object"
    """`place` is the number of an object of the file that lies on no page by itself, `wanted` its type."""


@dataclass(frozen=True, slots=True)
class Difference:
    kind: DifferenceKind
    place: str = ""
    wanted: str = ""
    printed: str = ""

    def to_json(self) -> dict[str, str]:
        return {name: str(getattr(self, name)) for name in ("kind", "place", "wanted", "printed")}


def parse_difference(value: Mapping[str, str]) -> Difference:
    """What `to_json` wrote. Raises KeyError or ValueError for anything else."""
    return Difference(DifferenceKind(value["kind"]), value["place"], value["wanted"], value["printed"])


def words_apart(wanted: str, printed: str) -> tuple[str, str]:
    """Both from the word in which they begin to differ, cut short."""
    pairs = enumerate(zip(wanted, printed, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(wanted), len(printed)))
    start = wanted.rfind(" ", 0, at) + 1
    return shortened(wanted[start:]), shortened(printed[start:])


def shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rstrip()} …"
