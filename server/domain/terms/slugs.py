"""The address of a declaration, made from its title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

MAX_SLUG: Final = 60
RESERVED: Final = frozenset({"new"})
"""Pages that stand where a declaration's would."""
NAMELESS: Final = "erklaerung"
_SPELLED: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "&": " und "})


def make_slug(title: str, taken: Container[str]) -> str:
    """Readable, of a-z, 0-9 and hyphens, at most `MAX_SLUG` long; numbered where `taken` holds it already."""
    stem = _stem(title)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if name not in RESERVED and name not in taken)


def _stem(title: str) -> str:
    spelled = unicodedata.normalize("NFC", title).lower().translate(_SPELLED)
    letters = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", letters)
    stem = ""
    for word in words:
        longer = f"{stem}-{word}" if stem else word[:MAX_SLUG]
        if len(longer) > MAX_SLUG:
            break
        stem = longer
    return stem or NAMELESS
