"""Which pages there are, and what is still to be filled in on them."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from server.domain.errors import Refused
from server.domain.sentences import N_

LONGEST: Final = 40_000
"""Characters of one page."""
_PLACEHOLDER: Final = re.compile(r"\[(?:bitte ausfüllen|please fill in):[^\]]*\]", re.IGNORECASE)


class LegalPage(StrEnum):
    """Its value is its address; `label` its heading."""

    _value_: str
    label: str

    def __new__(cls, value: str, label: str = "") -> LegalPage:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    PRIVACY = "privacy", N_("Privacy notice")
    IMPRINT = "imprint", N_("Imprint")
    ACCESSIBILITY = "accessibility", N_("Accessibility statement")


def count_placeholders(text: str) -> int:
    """What the starter text leaves to be filled in."""
    return len(_PLACEHOLDER.findall(text))


def split_placeholders(text: str) -> list[tuple[str, bool]]:
    """Pieces in their order, and whether each is a placeholder."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _PLACEHOLDER.finditer(text):
        pieces += [(text[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [piece for piece in [*pieces, (text[at:], False)] if piece[0]]


class PageChanged(Refused):
    """Somebody else has saved the page since its form was opened."""

    code = "page_changed"
    heading = N_("The page has changed meanwhile")
    sentence = N_(
        "Somebody else has saved this page since you opened it. Your text is kept below: please compare it "
        "with the newest version, then save it again."
    )
