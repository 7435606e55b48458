"""Names of the states of a text that can be read and compared, as they stand in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_KEY: Final = re.compile(r"([rc])([1-9][0-9]{0,8})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fixed:
    """A Fassung by its number."""

    number: int

    def __str__(self) -> str:
        return f"r{self.number}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A Zwischenstand by its id."""

    id: int

    def __str__(self) -> str:
        return f"c{self.id}"


@dataclass(frozen=True, slots=True)
class Present:
    """The text as it stands."""

    def __str__(self) -> str:
        return "now"


@dataclass(frozen=True, slots=True)
class LastVisit:
    """What somebody had seen when they were last here."""

    def __str__(self) -> str:
        return "visit"


VersionKey = Fixed | Kept | Present | LastVisit


def parse_key(text: str) -> VersionKey | None:
    """The inverse of `str`; None for anything else."""
    if text == str(Present()):
        return Present()
    if text == str(LastVisit()):
        return LastVisit()
    found = _KEY.fullmatch(text)
    if found is None:
        return None
    number = int(found[2])
    return Fixed(number) if found[1] == "r" else Kept(number)
