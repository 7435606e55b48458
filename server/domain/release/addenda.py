"""What is said of a published declaration afterwards: an erratum, or that it is withdrawn. Each is a sealed
file of its own; the sealed declaration stays as it is, byte for byte.

An addendum names the declaration by title, revision, short code and the digest of its sealed bytes. Its facts
are the attachment `mitteilung.json`, format `kraftakt-addendum/1`, canonical JSON:

    {"format": "kraftakt-addendum/1", "kind": "erratum", "number": 1, "at": "2027-07-05T08:00:00Z",
     "declaration": {"slug": "…", "title": "…"},
     "revision": {"number": 3, "sha256": "…", "fixed_at": "2027-06-16T09:30:00Z"},
     "sealed": {"short_code": "7Q4K-9M2P-C3DX", "at": "2027-06-17T16:00:00Z",
                "length": 412345, "sha256": "…"},
     "reason": "…", "corrections": [{"place": "Ziffer 4", "wrong": "…", "right": "…"}]}

`sealed.sha256` is of the file's first `length` bytes: what the seal covers, and what stays when an archive
renews the time stamps behind it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.canonical import canonical_bytes, digest_of, number_of, text_of
from server.domain.errors import Invalid, Refused
from server.domain.release.accessions import SealedText, parse_sealed_text
from server.domain.sentences import N_
from server.domain.sign_offs.statements import parse_timestamp, timestamp
from server.domain.text.content import Content

ADDENDUM_FORMAT: Final = "kraftakt-addendum/1"
MAX_REASON: Final = 2_000
"""Characters."""
MAX_CORRECTIONS: Final = 5
MAX_PASSAGE: Final = 300
"""Characters of the words that are wrong, and of those that are right."""


class AddendumKind(StrEnum):
    ERRATUM = "erratum"
    """The text that was signed stays; what is wrong in it is said beside it."""
    WITHDRAWAL = "withdrawal"
    """Of the whole declaration, for good."""

    @property
    def label(self) -> str:
        return KIND_WORDS[self]


KIND_WORDS: Final[Mapping[AddendumKind, str]] = {
    AddendumKind.ERRATUM: N_("Erratum"),
    AddendumKind.WITHDRAWAL: N_("Withdrawal"),
}


class PassageNotFound(Invalid):
    """An erratum quotes what stands in the text, and quotes so much that the place is clear."""

    code = "passage_not_found"
    heading = N_("This passage is not clear")
    sentence = N_(
        "“%(passage)s” stands in the signed text not at all or several times. Please copy the wrong words "
        "from the text, with so many words around them that the passage occurs only once."
    )


class AddendumGone(Refused):
    """Settled meanwhile, or another one was made."""

    code = "addendum_gone"
    heading = N_("This draft is settled")
    sentence = N_("This draft was sealed or discarded meanwhile. Nothing was changed. Please look again.")


class AddendumWaits(Refused):
    """One at a time: the second person must see all that holds."""

    code = "addendum_waits"
    heading = N_("A draft waits already")
    sentence = N_("An erratum or a withdrawal waits for a second person. Please have it settled first.")


@dataclass(frozen=True, slots=True)
class Correction:
    """In `place` of the signed text, as people name it, `wrong` should read `right`."""

    place: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person proposes and another confirms. `corrections` of an erratum only, and not always."""

    kind: AddendumKind
    reason: str
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedFile:
    """`length` counts the bytes that the seal covers, `sha256` is their digest in hexadecimal digits."""

    text: SealedText
    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Addendum:
    """`number` counts a declaration's addenda from 1. A withdrawal is the last one."""

    number: int
    at: datetime
    original: SealedFile
    draft: Draft

    @property
    def kind(self) -> AddendumKind:
        return self.draft.kind

    def canonical(self) -> bytes:
        draft, facts = self.draft, self.original.text.to_json()
        covered = {"length": self.original.length, "sha256": self.original.sha256}
        return canonical_bytes(
            {
                "format": ADDENDUM_FORMAT,
                "kind": draft.kind.value,
                "number": self.number,
                "at": timestamp(self.at),
                **facts,
                "sealed": facts["sealed"] | covered,
                "reason": draft.reason,
                "corrections": corrections_json(draft.corrections),
            }
        )


def corrections_json(corrections: Sequence[Correction]) -> list[dict[str, str]]:
    return [{"place": each.place, "wrong": each.wrong, "right": each.right} for each in corrections]


def parse_corrections(value: Sequence[Mapping[str, object]]) -> tuple[Correction, ...]:
    """Raises KeyError, TypeError or ValueError for anything but what `corrections_json` makes."""
    found = [Correction(*(text_of(each[name]) for name in ("place", "wrong", "right"))) for each in value]
    return tuple(found)


def parse_addendum(data: bytes) -> Addendum:
    """The inverse of `Addendum.canonical`. Raises ValueError for anything else."""
    try:
        value = json.loads(data)
        text, sealed = parse_sealed_text(value), value["sealed"]
        draft = Draft(
            AddendumKind(value["kind"]), text_of(value["reason"]), parse_corrections(value["corrections"])
        )
        original = SealedFile(text, number_of(sealed["length"]), digest_of(sealed["sha256"]))
        addendum = Addendum(number_of(value["number"]), parse_timestamp(value["at"]), original, draft)
        is_canonical = addendum.canonical() == data
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("malformed addendum") from error
    if not is_canonical:
        raise ValueError("not an addendum in the format " + ADDENDUM_FORMAT)
    return addendum


def find_passage(content: Content, wrong: str) -> int:
    """The block in which these words stand, once in the whole text. Raises PassageNotFound."""
    counts = [block.text.count(wrong) if wrong else 0 for block in content.blocks]
    if sum(counts) != 1:
        raise PassageNotFound(passage=wrong)
    return counts.index(1)
