"""What a webhook says: that something changed, and once it is public, where to read it.

Thin: before the hour a message has a kind and a time and nothing else, afterwards the public addresses. Who
wants to know more asks the API, which says to everybody what is public.

    {"type": "declaration.published", "timestamp": "2027-06-18T09:00:00Z",
     "data": {"declaration": "ortenauer-erklaerung", "url": "https://…", "api_url": "https://…"}}
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.audit import AuditEvent, Tag
from server.domain.declarations import Declaration
from server.domain.release.addenda import AddendumKind
from server.domain.release.gate import is_public
from server.domain.sign_offs.statements import timestamp


class EventKind(StrEnum):
    PHASE_CHANGED = "declaration.changed"
    """Fixed, opened again, sealed."""
    ANSWERS_CHANGED = "answers.changed"
    PUBLISHED = "declaration.published"
    JOINED = "declaration.joined"
    CORRECTED = "declaration.corrected"
    REPORTED = "declaration.reported"
    WITHDRAWN = "declaration.withdrawn"
    TEST = "webhook.test"


TOLD: Final[Mapping[str, EventKind]] = {
    Tag.TEXT_FREEZE.value: EventKind.PHASE_CHANGED,
    Tag.TEXT_REOPEN.value: EventKind.PHASE_CHANGED,
    Tag.DOCUMENT_SEAL.value: EventKind.PHASE_CHANGED,
    Tag.SIGN_OFF_GIVE.value: EventKind.ANSWERS_CHANGED,
    Tag.SIGN_OFF_WITHDRAW.value: EventKind.ANSWERS_CHANGED,
    Tag.DECLARATION_PUBLISH.value: EventKind.PUBLISHED,
    Tag.ANNEX_SEAL.value: EventKind.JOINED,
    Tag.ADDENDUM_SEAL.value: EventKind.CORRECTED,
    Tag.REPORT_PUBLISH.value: EventKind.REPORTED,
    Tag.DECLARATION_WITHDRAW.value: EventKind.WITHDRAWN,
}
"""By tag: few acts are told."""


def kinds_of(events: Iterable[AuditEvent], declaration: Declaration, now: datetime) -> list[EventKind]:
    """What an act tells. An answer given after the publication is nobody's business before its annex."""
    is_open = is_public(declaration, now)
    kinds = []
    for event in events:
        kind = TOLD.get(event.tag.value)
        is_other = event.facts.get("kind") == AddendumKind.WITHDRAWAL  # told as withdrawn
        is_hidden = is_open and kind is EventKind.ANSWERS_CHANGED
        if kind is not None and not is_other and not is_hidden:
            kinds.append(kind)
    return kinds


def body_of(kind: EventKind, declaration: Declaration, base_url: str, now: datetime) -> bytes:
    slug = declaration.slug
    public = {
        "declaration": slug,
        "url": f"{base_url}/e/{slug}",
        "api_url": f"{base_url}/api/v1/declarations/{slug}",
    }
    said = {
        "type": kind.value,
        "timestamp": timestamp(now),
        "data": public if is_public(declaration, now) else {},
    }
    return json.dumps(said, separators=(",", ":")).encode()
