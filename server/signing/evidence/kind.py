"""What every kind of evidence is: one row of `kinds.KINDS`, one module each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from server.domain.release.verification import Finding
from server.domain.sign_offs.statements import Level
from server.signing.evidence.bundle_reader import Item
from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.check.seal_trust import Trust


@dataclass(frozen=True, slots=True)
class CopyParts:
    """What a signing copy carries: the canonical text and the canonical statement."""

    text: bytes
    statement: bytes


def _nothing(_pdf: bytes, _base: int) -> CopyParts:
    raise ValueError("no copies are read here")


@dataclass(frozen=True, slots=True)
class Copies:
    """The attachments of the document by name, and the way to read a copy among them: `read` takes it with
    the length of what was handed out, and raises ValueError or KeyError for what is no bounded PDF with text
    and statement, or one in which more was changed than the signature field."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    read: Callable[[bytes, int], CopyParts] = _nothing


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a sign-off is checked against, beside itself: the service that asked for the passkeys, the copies
    that are attached, and whom to believe about certificates."""

    rp: RelyingParty
    copies: Copies
    trust: Trust


def _not_registered(_evidence: Mapping[str, object]) -> str:
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKind:
    """`fields` are exactly those of its evidence. `check` never raises, whatever a stranger wrote; it blocks.

    `unique`: the field that no two sign-offs may share. `limits`: what is said once where this kind occurs.
    `registration`: the fact that the log keeps of what the signatory registered before, from the evidence;
    empty text where nothing was.
    """

    level: Level
    fields: frozenset[str]
    check: Callable[[Item, Surroundings], Finding]
    unique: str | None = None
    limits: Finding | None = None
    registration: Callable[[Mapping[str, object]], str] = _not_registered
