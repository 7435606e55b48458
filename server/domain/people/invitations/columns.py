"""What the columns of a table of people are: by their headings in German or English, else by their order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final


class Column(StrEnum):
    """In the order that is taken for granted where there are no headings."""

    NAME = "name"
    EMAIL = "email"
    ROLE = "role"
    MUNICIPALITY = "municipality"
    TITLE = "title"
    SALUTATION = "salutation"
    SHARED = "shared"


HEADINGS: Final[Mapping[Column, frozenset[str]]] = {
    Column.NAME: frozenset({"name", "person", "vorname und name", "vor und nachname", "full name"}),
    Column.EMAIL: frozenset(
        {"e mail", "email", "mail", "adresse", "e mail adresse", "address", "e mail address"}
        | {"mailadresse", "emailadresse", "email address"}
    ),
    Column.ROLE: frozenset({"rolle", "role", "funktion", "function"}),
    Column.MUNICIPALITY: frozenset(
        {"kommune", "gemeinde", "stadt", "ort", "ags", "municipality", "town", "stadt gemeinde"}
    ),
    Column.TITLE: frozenset({"amt", "titel", "amtsbezeichnung", "dienstbezeichnung", "title", "office"}),
    Column.SALUTATION: frozenset({"anrede", "briefanrede", "salutation"}),
    Column.SHARED: frozenset({"funktionspostfach", "postfach", "gemeinsam", "shared", "shared mailbox"}),
}
FIRST_NAME: Final = frozenset({"vorname", "first name", "given name"})
LAST_NAME: Final = frozenset({"nachname", "familienname", "last name", "surname"})


def plain(text: str) -> str:
    """Small letters and figures, anything else as one space: for comparing what people type."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def read_headings(cells: Sequence[str]) -> dict[Column, tuple[int, ...]] | None:
    """Where each column stands; a name may be in two. None: this is no line of headings."""
    words = [plain(cell) for cell in cells]
    found: dict[Column, tuple[int, ...]] = {
        column: (place,)
        for column, headings in HEADINGS.items()
        for place in reversed(range(len(words)))
        if words[place] in headings
    }
    first = next((place for place, word in enumerate(words) if word in FIRST_NAME), None)
    last = next((place for place, word in enumerate(words) if word in LAST_NAME), None)
    if last is None:  # „Vorname“ beside „Name“
        last = next((place for place, word in enumerate(words) if word == "name"), None)
    if first is not None and last is not None:
        found[Column.NAME] = (first, last)
    return found if len(found) >= 2 and Column.EMAIL in found else None


def by_order() -> dict[Column, tuple[int, ...]]:
    return {column: (place,) for place, column in enumerate(Column)}


def pick(cells: Sequence[str], columns: Mapping[Column, tuple[int, ...]]) -> dict[Column, str]:
    return {
        column: " ".join(cells[place] for place in columns.get(column, ()) if place < len(cells)).strip()
        for column in Column
    }
