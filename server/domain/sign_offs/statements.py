"""A municipality's answer to one revision, and the statement that is signed.

The statement is canonical JSON; with a passkey its SHA-256 is the WebAuthn challenge, so that the
assertion is a signature over exactly these words and this digest.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from server.domain.canonical import canonical_bytes, number_of, parse_canonical, text_of
from server.domain.people.mandates import MandateKind, Signatory
from server.domain.people.municipalities import Municipality, MunicipalityKind, din_5007_key
from server.domain.sentences import N_
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.standing import by_municipality, counting_acts

STATEMENT_FORMAT: Final = "kraftakt-sign-off/1"


class Level(StrEnum):
    """How the answer was given, strongest first. Printed beside every name."""

    PDF_SIGNATURE = "pdf_signature"
    PASSKEY = "passkey"
    EMAIL_CODE = "email_code"
    PAPER = "paper"


LEVEL_WORDS: Final[Mapping[Level, str]] = {
    Level.PDF_SIGNATURE: N_("own electronic signature"),
    Level.PASSKEY: N_("passkey"),
    Level.EMAIL_CODE: N_("code by e-mail"),
    Level.PAPER: N_("on paper"),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a signatory declares. Times are UTC with a precision of one second.

    `text` is the Protokollerklärung or the reason for declining, empty otherwise; `council_date` the day
    (ISO 8601) on which `council_body` decides under the file number `council_reference`; `represents` the
    person in whose place a deputy signs. `wording` is the sentence that stood above the button.
    """

    declaration: str
    declaration_title: str
    revision: int
    revision_digest: str
    ags: str
    municipality: str
    municipality_kind: MunicipalityKind
    signatory: str
    title: str
    capacity: MandateKind
    answer: Answer
    wording: str
    at: datetime
    nonce: str
    represents: str = ""
    reason_for_representation: str = ""
    text: str = ""
    council_date: str = ""
    council_body: str = ""
    council_reference: str = ""

    @property
    def town(self) -> Municipality:
        return Municipality(self.ags, self.municipality, self.municipality_kind)

    @property
    def council(self) -> tuple[str, str, str]:
        """Day, body, file number."""
        return self.council_date, self.council_body, self.council_reference

    def canonical(self) -> bytes:
        return canonical_bytes(
            {
                "format": STATEMENT_FORMAT,
                "declaration": {"slug": self.declaration, "title": self.declaration_title},
                "revision": {"number": self.revision, "sha256": self.revision_digest},
                "municipality": {
                    "ags": self.ags,
                    "kind": self.municipality_kind.value,
                    "name": self.municipality,
                },
                "signatory": {
                    "name": self.signatory,
                    "title": self.title,
                    "capacity": self.capacity.value,
                    "represents": self.represents,
                    "reason": self.reason_for_representation,
                },
                "answer": self.answer.value,
                "text": self.text,
                "council_date": self.council_date,
                "council_body": self.council_body,
                "council_reference": self.council_reference,
                "wording": self.wording,
                "at": timestamp(self.at),
                "nonce": self.nonce,
            }
        )


def timestamp(at: datetime) -> str:
    """RFC 3339 in UTC, whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_timestamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def is_timestamp(value: object) -> bool:
    """Written as `timestamp` writes it: years have four digits, of which the first is none."""
    try:
        return isinstance(value, str) and timestamp(parse_timestamp(value)) == value
    except ValueError:
        return False


def read_statement(data: bytes) -> Statement:
    """The statement whose bytes these are, and nothing else: for confirming and judging them.

    A member that has a default may be missing, as in bytes made before there was such a member; one that is
    unknown here may not stand there, since nobody would be shown it. Raises ValueError.
    """
    try:
        value = parse_canonical(data)
    except ValueError as error:
        raise ValueError("malformed statement, or not in its canonical form") from error
    statement = parse_statement(value)
    if not _is_part_of(value, json.loads(statement.canonical())):
        raise ValueError("not a statement in its canonical form")
    return statement


def _is_part_of(value: object, whole: object) -> bool:
    """Equal but for members that are missing."""
    if isinstance(value, Mapping) and isinstance(whole, Mapping):
        return all(key in whole and _is_part_of(item, whole[key]) for key, item in value.items())
    return value == whole


def parse_statement(data: object) -> Statement:
    """A statement from decoded JSON, for showing what was stored: unknown members are ignored.
    Raises ValueError for another format or a missing member."""
    if not isinstance(data, dict) or data.get("format") != STATEMENT_FORMAT:
        raise ValueError("not a statement in the format " + STATEMENT_FORMAT)
    try:
        who, town, revision = data["signatory"], data["municipality"], data["revision"]
        return Statement(
            declaration=text_of(data["declaration"]["slug"]),
            declaration_title=text_of(data["declaration"]["title"]),
            revision=number_of(revision["number"]),
            revision_digest=text_of(revision["sha256"]),
            ags=text_of(town["ags"]),
            municipality=text_of(town["name"]),
            municipality_kind=MunicipalityKind(town["kind"]),
            signatory=text_of(who["name"]),
            title=text_of(who["title"]),
            capacity=MandateKind(who["capacity"]),
            represents=text_of(who.get("represents", "")),
            reason_for_representation=text_of(who.get("reason", "")),
            answer=Answer(data["answer"]),
            text=text_of(data.get("text", "")),
            council_date=text_of(data.get("council_date", "")),
            council_body=text_of(data.get("council_body", "")),
            council_reference=text_of(data.get("council_reference", "")),
            wording=text_of(data["wording"]),
            at=parse_timestamp(text_of(data["at"])),
            nonce=text_of(data["nonce"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError("malformed statement") from error


@dataclass(frozen=True, slots=True)
class SignOff:
    """An answer on record. `statement_bytes` are the very bytes that were confirmed, `evidence` proves it.

    `withdrawn`: taken back by a later act. `note`: what only the coordination reads.
    """

    id: int
    revision_id: int
    person_id: int
    statement: Statement
    statement_bytes: bytes
    level: Level
    evidence: dict[str, object]
    withdrawn: bool = False
    note: str = ""

    @property
    def municipality(self) -> Municipality:
        return self.statement.town

    @property
    def ags(self) -> str:
        return self.statement.ags

    @property
    def capacity(self) -> MandateKind:
        return self.statement.capacity

    @property
    def answer(self) -> Answer:
        return self.statement.answer

    @property
    def text(self) -> str:
        return self.statement.text


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A sign-off as lists show it: who answered what, when and how, without wording and evidence."""

    id: int
    revision_id: int
    person_id: int
    signatory: Signatory
    capacity: MandateKind
    answer: Answer
    level: Level
    at: datetime
    text: str = ""
    council_date: str = ""
    represents: str = ""
    withdrawn: bool = False

    @property
    def ags(self) -> str:
        return self.signatory.municipality.ags


def counting(sign_offs: Iterable[SignOff], digest: str) -> list[SignOff]:
    """The sign-offs that count for a revision, in the document's order: of those that name its digest each
    municipality's newest, if it was not withdrawn."""
    rank = {kind: place for place, kind in enumerate(MunicipalityKind)}
    named = by_municipality(s for s in sign_offs if s.statement.revision_digest == digest)
    return sorted(
        (s for acts in named.values() for s in counting_acts(acts)),
        key=lambda s: (
            rank[s.statement.municipality_kind],
            din_5007_key(s.statement.municipality),
            s.statement.ags,
        ),
    )
