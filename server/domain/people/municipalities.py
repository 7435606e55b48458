"""Municipalities, and the order in which they are listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class MunicipalityKind(StrEnum):
    """In the order in which the document lists them."""

    GROSSE_KREISSTADT = "grosse_kreisstadt"
    STADT = "stadt"
    GEMEINDE = "gemeinde"
    LANDKREIS = "landkreis"
    VERBAND = "verband"
    """Of municipalities: Verwaltungsverband, Zweckverband …"""


@dataclass(frozen=True, slots=True)
class Municipality:
    """`ags`: the eight-digit official key (Amtlicher Gemeindeschlüssel)."""

    ags: str
    name: str
    kind: MunicipalityKind


_DIN_5007 = str.maketrans(
    {"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "Ä": "a", "Ö": "o", "Ü": "u", "-": " ", "/": " "}
)


@lru_cache(2048)
def din_5007_key(name: str) -> str:
    """DIN 5007-1: umlauts sort as their base letters, ß as ss, punctuation is ignored.

    Cached: every list of municipalities sorts the same names.
    """
    folded = name.translate(_DIN_5007).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def in_protocol_order(municipalities: Iterable[Municipality]) -> list[Municipality]:
    """By kind; each group by DIN 5007."""
    rank = {kind: place for place, kind in enumerate(MunicipalityKind)}
    return sorted(municipalities, key=lambda m: (rank[m.kind], din_5007_key(m.name), m.ags))
