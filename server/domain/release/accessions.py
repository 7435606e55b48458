"""Joining a declaration after its seal. Accessions are collected in annexes, sealed like the declaration.

The sealed file stays as it is. An annex names it by title, revision, digest and short code; its facts are
the attachment `beitritt.json`, format `kraftakt-annex/1`, canonical JSON:

    {"format": "kraftakt-annex/1", "number": 1,
     "declaration": {"slug": "…", "title": "…"},
     "revision": {"number": 3, "sha256": "…", "fixed_at": "2027-06-16T09:30:00Z"},
     "sealed": {"short_code": "7Q4K-9M2P-C3DX", "at": "2027-06-17T16:00:00Z"},
     "municipalities": ["08317096"]}
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from server.domain.canonical import canonical_bytes, digest_of, number_of, text_of
from server.domain.declarations import Phase
from server.domain.errors import InvalidInput, Refused, WrongPhase
from server.domain.sentences import N_
from server.domain.sign_offs.errors import AlreadyAnswered, StaleRevision
from server.domain.sign_offs.statements import SignOff, Statement, counting, parse_timestamp, timestamp

ANNEX_FORMAT: Final = "kraftakt-annex/1"


class AccessionState(StrEnum):
    """Of a municipality that asks to join, or is invited to."""

    ASKED = "asked"
    INVITED = "invited"
    """Its mayor may sign."""
    REFUSED = "refused"
    JOINED = "joined"
    """Named in a sealed annex."""

    @property
    def label(self) -> str:
        return STATE_WORDS[self]


STATE_WORDS: Final[Mapping[AccessionState, str]] = {
    AccessionState.ASKED: N_("received, being checked"),
    AccessionState.INVITED: N_("confirmed, the mayor may sign"),
    AccessionState.REFUSED: N_("not accepted"),
    AccessionState.JOINED: N_("joined"),
}


@dataclass(frozen=True, slots=True)
class AccessionRequest:
    """`name`, `title`, `email` are the mayor's who would sign; `municipality` is its name."""

    id: int
    ags: str
    municipality: str
    state: AccessionState
    name: str
    title: str
    email: str
    asked_at: datetime


class SignedAlready(Refused):
    """The municipality stands behind the text, or is on its way to."""

    code = "signed_already"
    heading = N_("This municipality need not join any more")
    sentence = N_(
        "%(municipality)s has signed already, or has asked to join and is being checked. "
        "There is nothing to do."
    )


class NobodyJoins(Refused):
    code = "nobody_joins"
    heading = N_("Nobody has signed since the last annex")
    sentence = N_("An annex is sealed when at least one municipality that may join has signed.")


@dataclass(frozen=True, slots=True)
class SealedText:
    """What is joined. `digest` is the text's SHA-256 in hexadecimal, `short_code` the sealed file's."""

    slug: str
    title: str
    revision: int
    digest: str
    fixed_at: datetime
    short_code: str
    sealed_at: datetime

    def to_json(self) -> dict[str, dict[str, object]]:
        """As an annex and an addendum name it."""
        return {
            "declaration": {"slug": self.slug, "title": self.title},
            "revision": {
                "number": self.revision,
                "sha256": self.digest,
                "fixed_at": timestamp(self.fixed_at),
            },
            "sealed": {"short_code": self.short_code, "at": timestamp(self.sealed_at)},
        }


@dataclass(frozen=True, slots=True)
class Accession:
    """A municipality's sign-off of the sealed text, given after the seal."""

    sign_off: SignOff

    @property
    def statement(self) -> Statement:
        return self.sign_off.statement


@dataclass(frozen=True, slots=True)
class Annex:
    """`number` counts a declaration's annexes from 1; `municipalities` are the keys (AGS) of those who
    join, in the document's order."""

    number: int
    sealed: SealedText
    municipalities: tuple[str, ...]

    def canonical(self) -> bytes:
        return canonical_bytes(
            {
                "format": ANNEX_FORMAT,
                "number": self.number,
                **self.sealed.to_json(),
                "municipalities": list(self.municipalities),
            }
        )


def accede(sealed: SealedText, joined: Collection[str], sign_off: SignOff) -> Accession:
    """`joined`: keys of those who stand behind the text already.

    Raises StaleRevision for another text, AlreadyAnswered for who is in already, InvalidInput for a refusal,
    WrongPhase for an answer older than the seal, which belongs into the document itself.
    """
    statement = sign_off.statement
    if (statement.declaration, statement.revision_digest) != (sealed.slug, sealed.digest):
        raise StaleRevision(current=sealed.revision)
    if statement.ags in joined:
        raise AlreadyAnswered(municipality=statement.municipality)
    if not statement.answer.supports:
        raise InvalidInput(field="answer")
    if statement.at <= sealed.sealed_at:
        raise WrongPhase(phase=Phase.SIGNING.value)
    return Accession(sign_off)


def in_annex(number: int, sealed: SealedText, accessions: Iterable[Accession]) -> tuple[Annex, list[SignOff]]:
    """The annex and its sign-offs in the document's order."""
    given = counting((accession.sign_off for accession in accessions), sealed.digest)
    return Annex(number, sealed, tuple(s.statement.ags for s in given)), given


def parse_sealed_text(value: Mapping[str, Any]) -> SealedText:
    """The inverse of `SealedText.to_json`, among whatever else `value` holds. Raises KeyError, TypeError or
    ValueError for anything else."""
    declaration, revision, sealed = value["declaration"], value["revision"], value["sealed"]
    return SealedText(
        text_of(declaration["slug"]),
        text_of(declaration["title"]),
        number_of(revision["number"]),
        digest_of(revision["sha256"]),
        parse_timestamp(revision["fixed_at"]),
        text_of(sealed["short_code"]),
        parse_timestamp(sealed["at"]),
    )


def parse_annex(data: bytes) -> Annex:
    """The inverse of `Annex.canonical`. Raises ValueError for anything else."""
    try:
        value = json.loads(data)
        annex = Annex(number_of(value["number"]), parse_sealed_text(value), tuple(value["municipalities"]))
        is_canonical = annex.canonical() == data
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise ValueError("malformed annex") from error
    if not is_canonical:
        raise ValueError("not an annex in the format " + ANNEX_FORMAT)
    return annex
