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
from server.storage.record import audit, filtered
from server.storage.record.filtered import Choices, Wanted
from server.web.declarations.framing import render_framed
from server.web.declarations.situations import read_page
from server.web.http.addresses import DECLARATION
from server.web.http.pages.rendering import say
from server.web.record.filter import fields_of, is_number, query_of, read_filter
from server.web.record.stories import Names, story_of
from server.web.sentences.messages import N_, Message

LABELS: Final[Mapping[str, str]] = {
    "sha256": N_("Fingerprint of the text"),
    "sign_off_sha256": N_("Fingerprint of the evidence"),
    "pdf_sha256": N_("Fingerprint of the file"),
    "html_sha256": N_("Fingerprint of the HTML edition"),
}
"""The facts that a page shows beside the sentence; the others stand in the export and in the log itself."""
SHOWN_DIGITS: Final = 16
PAGE_LENGTH: Final = 50


@dataclass(frozen=True, slots=True)
class Fact:
    """`label` is in the source language."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    sentence: Message
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    """`entries` newest first; `first` and `last` are the numbers of its oldest and newest entry among those
    that are `wanted`, from 1; `choices`: what there is to narrow by."""

    access: Access
    wanted: Wanted
    choices: Choices
    entries: Sequence[Entry]
    first: int
    last: int
    total: int

    @property
    def older(self) -> str | None:
        """The query of the page before this one in time; None where there is none."""
        return query_of(self.wanted, before=str(self.first)) if self.first > 1 else None

    @property
    def newer(self) -> str | None:
        """The query of the page after this one, empty for the newest; None on the newest itself."""
        if self.last >= self.total:
            return None
        before = self.last + PAGE_LENGTH + 1
        return query_of(self.wanted, before=str(before) if before <= self.total else "")

    @property
    def fields(self) -> dict[str, str]:
        return fields_of(self.wanted)

    @property
    def query(self) -> str:
        return query_of(self.wanted)


def entries(events: Iterable[AuditEvent], names: Names) -> list[Entry]:
    """Newest first."""
    rows = [Entry(event.at, story_of(event, names), _facts(event.facts)) for event in events]
    return rows[::-1]


def _facts(facts: Mapping[str, object]) -> tuple[Fact, ...]:
    return tuple(Fact(label, _beginning(str(facts[key]))) for key, label in LABELS.items() if facts.get(key))


def _beginning(digest: str) -> str:
    return " ".join(digest[at : at + 4] for at in range(0, SHOWN_DIGITS, 4)) + " …"


async def log_page(request: Request) -> Response:
    """`?before=101` shows the fifty entries before the 101st, counted from the oldest: what a page shows
    stays on it, however the log grows. Without it, or with anything else, the newest."""
    wanted, before = read_filter(request.query_params), request.query_params.get("before", "")

    def read(db: Reader, access: Access, _: datetime) -> LogPage:
        return read_log(db, access, wanted, before)

    page = await read_page(request, permissions.can_read_log, read)
    tags = sorted((say(request, Message(tag.sentence)), tag.value) for tag in page.choices.tags)
    return render_framed(request, "record/log.html", page.access, page=page, tags=tags)


def read_log(db: Reader, access: Access, wanted: Wanted, before: str) -> LogPage:
    """`before` as the address gives it."""
    slug = access.declaration.slug
    total = filtered.count_wanted(db, slug, wanted)
    last = total if not is_number(before) else min(max(int(before) - 1, 1), total)
    first = max(last - PAGE_LENGTH, 0) + 1
    found = filtered.read_wanted(db, slug, wanted, first - 1, last - first + 1)
    events = [entry.event for entry in found]
    choices = filtered.read_choices(db, slug, access.declaration.id)
    return LogPage(access, wanted, choices, entries(events, read_names(db, events)), first, last, total)


def read_newest(db: Reader, access: Access, count: int) -> list[Entry]:
    """The newest entries, for a page that shows a few of them."""
    slug = access.declaration.slug
    total = audit.count_events(db, slug)
    events = audit.read_events(db, slug, max(total - count, 0), min(total, count))
    return entries(events, read_names(db, events))


def read_names(db: Reader, events: Iterable[AuditEvent]) -> Names:
    """Of everybody and every municipality that these entries name."""
    ids: set[int] = set()
    keys: set[str] = set()
    for event in events:
        ids |= {value for value in (event.actor, event.facts.get("person")) if isinstance(value, int)}
        keys.add(str(event.facts.get("ags", "")))
    return Names(persons.read_names(db, ids - {0}), municipalities.read_names(db, keys - {""}))


ROUTES = [Route(f"{DECLARATION}/log", log_page)]
