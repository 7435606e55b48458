"""What the final document shows. Plain facts; everything about their form is elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Literal

from server.domain.people.municipalities import Municipality
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import Level, Statement
from server.domain.text.content import Content

Relationship = Literal["Source", "Data", "Supplement", "Alternative"]
"""How an attachment relates to the document (ISO 32000-2, 7.11.3, AFRelationship)."""


JSON_TYPE: Final = "application/json"
"""The media type of most attachments."""


class Mark(StrEnum):
    """A restriction printed on every page."""

    DRAFT = "draft"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the document. `mime` is a media type, `description` a German phrase."""

    name: str
    mime: str
    description: str
    relationship: Relationship
    data: bytes


@dataclass(frozen=True, slots=True)
class SignatoryLine:
    """One municipality that stands behind the text; rows are given in the order of the document.

    `represents` names the person in whose place a deputy signs, `council_date` (ISO 8601) the day on
    which `council_body` decides under a file number; all may be empty. `statement` is the Protokollerklärung.
    """

    municipality: Municipality
    name: str
    title: str
    deputy: bool
    answer: Answer
    level: Level
    at: datetime
    statement: str = ""
    represents: str = ""
    council_date: str = ""
    council_body: str = ""
    council_reference: str = ""
    joint: bool = False
    """One of two who are authorised together."""


def council_of(line: SignatoryLine) -> tuple[str, str, str]:
    """Day, body, file number."""
    return line.council_date, line.council_body, line.council_reference


def municipalities_of(signatories: Iterable[SignatoryLine]) -> list[Municipality]:
    """Each once: two employees may have signed for one."""
    return list(dict.fromkeys(line.municipality for line in signatories))


@dataclass(frozen=True, slots=True)
class FinalText:
    """Everything that is printed. Times carry a zone; `digest` is the SHA-256 of `content` in hexadecimal.

    `created` becomes the date in the file's metadata: the same value gives the same bytes. Without
    `short_code` there is nothing to verify and nothing to sign: neither block nor signature fields.
    `place` and `day` are where and when the declaration is made; unknown, they are not printed. `revision` 0:
    a text that was never fixed, as it stood at `fixed_at`.
    """

    content: Content
    issuer: str
    revision: int
    digest: str
    fixed_at: datetime
    signatories: tuple[SignatoryLine, ...]
    short_code: str
    verify_url: str
    created: datetime
    marks: frozenset[Mark] = field(default=frozenset())
    lang: str = "de-DE"
    place: str = ""
    day: date | None = None


def text_of_statement(
    statement: Statement, content: Content, issuer: str, fixed_at: datetime, marks: frozenset[Mark]
) -> FinalText:
    """The text that a statement is about, without signatories or code: nobody can look it up."""
    return FinalText(
        content=content,
        issuer=issuer,
        revision=statement.revision,
        digest=statement.revision_digest,
        fixed_at=fixed_at,
        signatories=(),
        short_code="",
        verify_url="",
        created=statement.at,
        marks=marks,
    )
