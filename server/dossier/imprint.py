"""The attachment `dokument.json`: what the pages are made from beside the text and the evidence.

Format `kraftakt-document/1`, canonical JSON:

    {"format": "kraftakt-document/1", "renderer": 3, "issuer": "Digitalkonferenz Ortenau",
     "base_url": "https://kraftakt.example", "marks": ["test"],
     "place": "Offenburg", "day": "2027-06-18"}

`place` and `day` of giving the declaration stand there only where they are known and printed. Everything else
on the pages follows from the other attachments. With `renderer` a verifier knows whether it can make the same
pages again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from server.documents.model import Mark
from server.documents.render import RENDERER
from server.domain.canonical import canonical_bytes

FORMAT: Final = "kraftakt-document/1"


@dataclass(frozen=True, slots=True)
class Imprint:
    """`base_url`: where the document's readers find its verification page, without a slash at the end."""

    issuer: str
    base_url: str
    marks: frozenset[Mark] = field(default=frozenset())
    renderer: int = RENDERER
    place: str = ""
    day: date | None = None

    @property
    def seal_place(self) -> str:
        """Where it is sealed, as the seal says; who publishes, where no place is known."""
        return self.place or self.issuer

    def canonical(self) -> bytes:
        given = {"place": self.place, "day": self.day.isoformat() if self.day else ""}
        return canonical_bytes(
            {
                "format": FORMAT,
                "renderer": self.renderer,
                "issuer": self.issuer,
                "base_url": self.base_url,
                "marks": sorted(mark.value for mark in self.marks),
                **{name: value for name, value in given.items() if value},
            }
        )


def parse_imprint(data: bytes) -> Imprint:
    """The inverse of `Imprint.canonical`. Raises ValueError for anything else."""
    try:
        value = json.loads(data)
        marks = frozenset(Mark(mark) for mark in value["marks"])
        day = date.fromisoformat(value["day"]) if "day" in value else None
        place = value.get("place", "")
        imprint = Imprint(value["issuer"], value["base_url"], marks, value["renderer"], place, day)
        is_canonical = imprint.canonical() == data
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("malformed imprint") from error
    texts = (imprint.issuer, imprint.base_url, imprint.place)
    if not is_canonical or not all(isinstance(text, str) for text in texts):
        raise ValueError("not an imprint in the format " + FORMAT)
    if type(imprint.renderer) is not int:
        raise ValueError("not an imprint in the format " + FORMAT)
    return imprint
