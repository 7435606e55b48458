"""What a final document is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from server.domain.audit import Tag
from server.domain.declarations import Declaration, Revision
from server.domain.merkle import Tree
from server.domain.sign_offs.statements import SignOff
from server.dossier.short_codes import short_code
from server.signing.evidence.bundle import sign_off_digest
from server.signing.evidence.kinds.table import KINDS


@dataclass(frozen=True, slots=True)
class LogExcerpt:
    """`tree` is the log up to the last act that the document proves, `entries` by position the acts that it
    shows: the text that was fixed, the sign-offs, the passkeys they were given with. What else people did,
    a refusal for one, is nobody's business outside."""

    tree: Tree
    entries: Mapping[int, bytes]


@dataclass(frozen=True, slots=True)
class FinalFacts:
    """The same revision and sign-offs give the same document, byte for byte, before the seal. `copies` are
    those signed with personal certificates, by the municipality's key."""

    declaration: Declaration
    revision: Revision
    sign_offs: tuple[SignOff, ...]
    copies: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def created(self) -> datetime:
        """When the document was complete: the text fixed, the last sign-off given.

        Not the time of the sealing: a second attempt after a failure must make the same file, and the
        seal says its own time, with an authority behind it, which a date in the metadata never has.
        """
        return max(self.revision.fixed_at, *(s.statement.at for s in self.sign_offs))

    @property
    def short_code(self) -> str:
        """Sixty bits over text and statements, in three groups of four."""
        return short_code(self.revision.digest.encode(), [s.statement_bytes for s in self.sign_offs])


def entries_shown(entries: Mapping[int, bytes], facts: FinalFacts) -> dict[int, bytes]:
    """Of the log's entries by position those that the document shows. What came after the last sign-off is
    left out, so that the document does not depend on when it is made."""
    wanted = _wanted(facts.sign_offs) | {facts.revision.digest}
    events = {position: json.loads(entry) for position, entry in entries.items()}
    shown = [position for position, event in events.items() if _is_shown(event, facts, wanted)]
    last = max((position for position in shown if events[position]["tag"] == Tag.SIGN_OFF_GIVE), default=-1)
    return {position: entries[position] for position in sorted(shown) if position <= last}


def _wanted(given: tuple[SignOff, ...]) -> set[str]:
    """The digests by which the log names sign-offs and passkeys."""
    found = {sign_off_digest(s.statement_bytes, s.level, s.evidence) for s in given}
    registered = {KINDS[s.level].registration(s.evidence) for s in given}
    return found | (registered - {""})


def _is_shown(event: Mapping[str, object], facts: FinalFacts, wanted: set[str]) -> bool:
    values = event["facts"].values() if isinstance(event["facts"], Mapping) else ()
    named = wanted.intersection(value for value in values if isinstance(value, str))
    match event["tag"]:
        case Tag.SIGN_OFF_GIVE:
            return bool(named - {facts.revision.digest})
        case Tag.TEXT_FREEZE:
            return bool(named) and event["declaration"] == facts.declaration.slug
        case Tag.PASSKEY_REGISTER:
            return bool(named)
        case _:
            return False
