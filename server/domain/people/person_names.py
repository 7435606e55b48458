"""Does a name in a certificate fit a person's? Spellings differ, so words are compared, not texts."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def fits(person: str, named: str) -> bool:
    """Every word of the person's name stands in the other one, in any order and case, with umlauts kept,
    dropped or spelled out. Abbreviations like „Dr.“ are ignored."""
    return any(_holds(person, named, is_spelled_out=way) for way in (False, True))


def _holds(person: str, named: str, *, is_spelled_out: bool) -> bool:
    wanted = _words(person, is_spelled_out=is_spelled_out)
    return bool(wanted) and wanted <= _words(named, is_spelled_out=is_spelled_out)


def _words(name: str, *, is_spelled_out: bool) -> set[str]:
    small = unicodedata.normalize("NFC", name).lower().replace("ß", "ss")
    spelled = small.translate(_UMLAUTS) if is_spelled_out else small
    parts = [part for part in re.split(r"[\s\-]+", spelled) if not part.endswith(".")]
    return {word for part in parts if (word := _letters(part))}


def _letters(part: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", part) if c.isalnum())
