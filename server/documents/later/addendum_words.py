"""What an erratum or a withdrawal says around its facts, in German."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.release.addenda import AddendumKind
from server.domain.text.comparing.places import Place

ADDENDUM: Final = "Mitteilung"
"""Title of the section of an erratum or a withdrawal that says everything."""
ADDENDUM_SUBJECTS: Final[Mapping[AddendumKind, str]] = {
    AddendumKind.ERRATUM: "Berichtigung zu einer politischen Erklärung, {revision}",
    AddendumKind.WITHDRAWAL: "Zurückziehung einer politischen Erklärung, {revision}",
}
ADDENDUM_TITLES: Final[Mapping[AddendumKind, str]] = {
    AddendumKind.ERRATUM: "Berichtigung: {title}",
    AddendumKind.WITHDRAWAL: "Zurückziehung: {title}",
}
ADDENDUM_LEADS: Final[Mapping[AddendumKind, str]] = {
    AddendumKind.ERRATUM: "Mitteilung {number} vom {day}. Die ausgefertigte "
    "Datei und der unterzeichnete Wortlaut bleiben unverändert; sie sind mit dieser Berichtigung zu lesen.",
    AddendumKind.WITHDRAWAL: "Mitteilung {number} vom {day}. Die unten genannte "
    "Erklärung ist zurückgezogen. Die ausgefertigte Datei bleibt unverändert erhalten, gilt aber nicht mehr.",
}
REASON: Final = "Anlass"
CORRECTIONS: Final = "Berichtigte Stellen"
CORRECTION: Final = "statt „{wrong}“ richtig „{right}“"
ADDENDUM_TEXT: Final = "Ausgefertigte Erklärung"
ADDENDUM_NAMES: Final = (
    "Titel",
    "Fassung",
    "Ausgefertigt",
    "Prüfcode",
    "Prüfsumme des Wortlauts (SHA-256)",
    "Prüfsumme der ausgefertigten Datei (SHA-256 der ersten {length} Bytes)",
)
_BLOCKS: Final[Mapping[str, str]] = {
    "paragraph": "Absatz {number}",
    "bullet": "Aufzählungspunkt {number}",
    "quote": "Zitat {number}",
}


def place_name(place: Place) -> str:
    """„Ziffer 7 b“, „Absatz 2 unter „Präambel““."""
    if place.kind == "clause":
        return f"Ziffer {place.number}"
    if place.kind == "heading":
        return "Überschrift"
    name = _BLOCKS[place.kind].format(number=place.number)
    return f"{name} unter „{place.heading}“" if place.heading else name
