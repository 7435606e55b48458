"""The declaration's log, for the coordination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.audit import AuditEvent
from server.domain.permissions import Access
from server.storage.engine.types import Reader
from server.storage.people import municipalities, persons
from server.storage.record import audit
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.sentences.messages import N_
from server.web.sentences.words import ANSWERS, LEVELS, ROLES

LABELS: Final[Mapping[str, str]] = {
    "ags": N_("Municipality"),
    "answer": N_("Answer"),
    "level": N_("How"),
    "role": N_("Role"),
    "revision": N_("Revision"),
    "sign_offs": N_("Sign-offs"),
    "sha256": N_("Fingerprint of the text"),
    "sign_off_sha256": N_("Fingerprint of the evidence"),
    "pdf_sha256": N_("Fingerprint of the file"),
    "html_sha256": N_("Fingerprint of the HTML edition"),
}
"""The facts that a page shows; the others stand in the log only."""
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "answer": {answer.value: word for answer, word in ANSWERS.items()},
    "level": {level.value: word for level, word in LEVELS.items()},
    "role": {role.value: word for role, word in ROLES.items()},
}
SHOWN_DIGITS: Final = 16
PAGE_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class Fact:
    """`label` and, if it is a word of ours, `value` are in the source language."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` is empty for the service itself."""

    at: datetime
    what: str
    who: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    """`entries` newest first; `first` and `last` are the numbers of its oldest and newest entry, from 1."""

    access: Access
    entries: Sequence[Entry]
    first: int
    last: int
    total: int

    @property
    def older(self) -> str | None:
        """The query of the page before this one in time; None where there is none."""
        return f"?before={self.first}" if self.first > 1 else None

    @property
    def newer(self) -> str | None:
        """The query of the page after this one, empty for the newest; None on the newest itself."""
        if self.last >= self.total:
            return None
        before = self.last + PAGE_LENGTH + 1
        return f"?before={before}" if before <= self.total else ""


def entries(events: Iterable[AuditEvent], names: Mapping[int, str], towns: Mapping[str, str]) -> list[Entry]:
    """Newest first. `towns`: names by official key."""
    rows = [Entry(e.at, e.tag.sentence, names.get(e.actor, ""), _facts(e.facts, towns)) for e in events]
    return rows[::-1]


def _facts(facts: Mapping[str, object], towns: Mapping[str, str]) -> tuple[Fact, ...]:
    known = [(key, str(facts[key])) for key in LABELS if facts.get(key) not in (None, "")]
    return tuple(Fact(LABELS[key], _value(key, value, towns)) for key, value in known)


def _value(key: str, value: str, towns: Mapping[str, str]) -> str:
    if key.endswith("sha256"):
        return " ".join(value[at : at + 4] for at in range(0, SHOWN_DIGITS, 4)) + " …"
    return towns.get(value, value) if key == "ags" else _WORDS.get(key, {}).get(value, value)


async def log_page(request: Request) -> Response:
    """`?before=101` shows the fifty entries before the 101st, counted from the oldest: what a page shows
    stays on it, however the log grows. Without it, or with anything else, the newest."""
    before = request.query_params.get("before", "")

    def read(db: Reader, access: Access, _: datetime) -> LogPage:
        return read_log(db, access, before)

    page = await read_page(request, permissions.can_read_log, read)
    return render_framed(request, "record/log.html", page.access, page=page)


def read_log(db: Reader, access: Access, before: str) -> LogPage:
    """`before` as the address gives it."""
    slug = access.declaration.slug
    total = audit.count_events(db, slug)
    last = total if not _is_number(before) else min(max(int(before) - 1, 1), total)
    first = max(last - PAGE_LENGTH, 0) + 1
    shown = _read_entries(db, slug, first - 1, last - first + 1)
    return LogPage(access, shown, first, last, total)


def read_newest(db: Reader, access: Access, count: int) -> list[Entry]:
    """The newest entries, for a page that shows a few of them."""
    slug = access.declaration.slug
    total = audit.count_events(db, slug)
    return _read_entries(db, slug, max(total - count, 0), min(total, count))


def _read_entries(db: Reader, slug: str, start: int, count: int) -> list[Entry]:
    events = audit.read_events(db, slug, start, count)
    names = persons.read_names(db, {event.actor for event in events if event.actor})
    towns = municipalities.read_names(db, {str(event.facts.get("ags", "")) for event in events})
    return entries(events, names, towns)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


ROUTES = [Route(f"{DECLARATION}/log", log_page)]
