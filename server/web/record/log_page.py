"""The declaration's log, for the coordination."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain import permissions
from server.domain.audit import AuditEvent, Tag
from server.storage.people import municipalities, persons
from server.storage.record import audit
from server.web.declarations.situations import access_facts
from server.web.http.addresses import DECLARATION, slug_of
from server.web.http.context import services_of
from server.web.http.rendering import render
from server.web.sentences.messages import N_
from server.web.sentences.words import ANSWERS, LEVELS, ROLES

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
    Tag.SIGN_OFF_COPY_ISSUE: N_("Copy for signing handed out"),
    Tag.DOCUMENT_SEAL: N_("Final document sealed"),
    Tag.DOCUMENT_RENEW: N_("Archive time stamp renewed"),
    Tag.DOCUMENT_DOWNLOAD: N_("Final document downloaded"),
    Tag.DECLARATION_PUBLISH: N_("Declaration published"),
    Tag.DECLARATION_WITHDRAW: N_("Declaration withdrawn"),
}


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
}
"""The facts that a page shows; the others stand in the log only."""
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "answer": {answer.value: word for answer, word in ANSWERS.items()},
    "level": {level.value: word for level, word in LEVELS.items()},
    "role": {role.value: word for role, word in ROLES.items()},
}
SHOWN_DIGITS: Final = 16


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


def entries(events: Iterable[AuditEvent], names: Mapping[int, str], towns: Mapping[str, str]) -> list[Entry]:
    """Newest first. `towns`: names by official key."""
    rows = [Entry(e.at, TAGS[e.tag], names.get(e.actor, ""), _facts(e.facts, towns)) for e in events]
    return rows[::-1]


def _facts(facts: Mapping[str, object], towns: Mapping[str, str]) -> tuple[Fact, ...]:
    known = [(key, str(facts[key])) for key in LABELS if facts.get(key) not in (None, "")]
    return tuple(Fact(LABELS[key], _value(key, value, towns)) for key, value in known)


def _value(key: str, value: str, towns: Mapping[str, str]) -> str:
    if key.endswith("sha256"):
        return " ".join(value[at : at + 4] for at in range(0, SHOWN_DIGITS, 4)) + " …"
    return towns.get(value, value) if key == "ags" else _WORDS.get(key, {}).get(value, value)


async def log_page(request: Request) -> Response:
    facts = await access_facts(request, permissions.can_read_log)
    services = services_of(request)
    async with services.database.read() as db:
        events = await audit.list_events(db, slug_of(request))
        actors = {event.actor for event in events if event.actor}
        names = {actor: (await persons.load_person(db, actor)).name for actor in actors}
        towns = await municipalities.list_names(db)
    return render(request, "record/log.html", access=facts.access, entries=entries(events, names, towns))


ROUTES = [Route(f"{DECLARATION}/log", log_page)]
