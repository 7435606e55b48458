"""The proof package as facts: read strictly, nothing proven yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.domain.canonical import canonical_bytes, digest, parse_canonical
from server.domain.sign_offs.statements import Level, Statement, read_statement
from server.signing.passkeys.assertion_check import BrokenEvidence, ensure
from server.signing.passkeys.relying_party import RelyingParty

FORMAT: Final = "kraftakt-evidence/1"
MAX_SIGN_OFFS: Final = 2_000
"""More than there are municipalities in the largest federal state that could join."""


@dataclass(frozen=True, slots=True)
class Bundle:
    slug: str
    title: str
    number: int
    digest: str
    rp: RelyingParty
    items: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A sign-off as it stands in the bundle; `subject` names its municipality in findings."""

    statement: Statement
    statement_bytes: bytes
    level: Level
    evidence: Mapping[str, object]
    digest: str

    @property
    def subject(self) -> str:
        return self.statement.municipality


def parse_bundle(data: bytes) -> Bundle:
    """Raises BrokenEvidence, or ValueError and its kin, unless the bytes are the canonical form."""
    value = parse_canonical(data)
    keys = {"format", "declaration", "revision", "relying_party", "sign_offs"}
    if not isinstance(value, dict) or set(value) != keys or value["format"] != FORMAT:
        raise BrokenEvidence("unknown format")
    declaration, revision, rp = value["declaration"], value["revision"], value["relying_party"]
    ensure(set(declaration) == {"slug", "title"} and set(revision) == {"number", "sha256"}, "unknown format")
    ensure(set(rp) == {"id", "origins"} and isinstance(rp["origins"], list), "unknown format")
    ensure(isinstance(value["sign_offs"], list), "unknown format")
    ensure(len(value["sign_offs"]) <= MAX_SIGN_OFFS, "too many sign-offs")
    texts = (*declaration.values(), revision["sha256"], rp["id"], *rp["origins"])
    ensure(all(isinstance(text, str) for text in texts) and type(revision["number"]) is int, "unknown format")
    return Bundle(
        slug=declaration["slug"],
        title=declaration["title"],
        number=revision["number"],
        digest=revision["sha256"],
        rp=RelyingParty(rp["id"], rp["id"], tuple(rp["origins"])),
        items=tuple(value["sign_offs"]),
    )


def parse_item(value: Mapping[str, object], parsed: Bundle) -> Item:
    """Raises as `parse_bundle` does, and if the statement is not about the bundle's revision."""
    ensure(set(value) == {"statement", "level", "evidence"}, "The sign-off has missing or surplus fields.")
    text, evidence = value["statement"], value["evidence"]
    if not isinstance(text, str) or not isinstance(evidence, dict):
        raise BrokenEvidence("The sign-off is malformed.")
    statement = _statement(text)
    about = (
        statement.declaration,
        statement.declaration_title,
        statement.revision,
        statement.revision_digest,
    )
    named = (parsed.slug, parsed.title, parsed.number, parsed.digest)
    ensure(about == named, "The statement is about another text.")
    return Item(
        statement, text.encode(), Level(str(value["level"])), evidence, digest(canonical_bytes(value))
    )


def _statement(text: str) -> Statement:
    try:
        return read_statement(text.encode())
    except ValueError as error:
        raise BrokenEvidence("The statement is malformed or not in its canonical form.") from error


def reason(error: Exception) -> str:
    """What is wrong, as part of a sentence."""
    return str(error) if isinstance(error, BrokenEvidence) else f"it cannot be read: {type(error).__name__}"
