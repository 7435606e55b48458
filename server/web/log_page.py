"""The declaration's log, for the coordination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from server.domain import permissions
from server.domain.audit import AuditEvent, Tag
from server.storage import audit, persons
from server.web.context import services_of
from server.web.messages import N_
from server.web.rendering import render
from server.web.situations import access_facts, slug_of

TAGS: Final[Mapping[Tag, str]] = {
    Tag.DECLARATION_CREATE: N_("Declaration created"),
    Tag.PERSON_INVITE: N_("Person invited"),
    Tag.LOGIN_LINK_SEND: N_("Login link sent"),
    Tag.LOGIN_LINK_USE: N_("Signed in"),
    Tag.PASSKEY_REGISTER: N_("Passkey set up"),
    Tag.TEXT_FREEZE: N_("Text fixed as a revision"),
    Tag.TEXT_REOPEN: N_("Text opened again"),
    Tag.SIGN_OFF_GIVE: N_("Signed"),
    Tag.SIGN_OFF_CODE_SEND: N_("Code for signing sent"),
    Tag.DOCUMENT_SEAL: N_("Final document sealed"),
    Tag.DOCUMENT_DOWNLOAD: N_("Final document downloaded"),
    Tag.DECLARATION_PUBLISH: N_("Declaration published"),
    Tag.DECLARATION_WITHDRAW: N_("Declaration withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` is empty for the service itself."""

    at: datetime
    what: str
    who: str
    facts: str


def entries(events: Iterable[AuditEvent], names: Mapping[int, str]) -> list[Entry]:
    """Newest first."""
    rows = [Entry(e.at, TAGS[e.tag], names.get(e.actor, ""), _facts(e.facts)) for e in events]
    return rows[::-1]


def _facts(facts: Mapping[str, object]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in facts.items())


async def log_page(request: Request) -> Response:
    facts = await access_facts(request, permissions.can_read_log)
    services = services_of(request)
    async with services.database.read() as db:
        events = await audit.list_events(db, slug_of(request))
        actors = {event.actor for event in events if event.actor}
        names = {actor: (await persons.load_person(db, actor)).name for actor in actors}
    return render(request, "log.html", access=facts.access, entries=entries(events, names))
