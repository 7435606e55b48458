"""Signing in: a link by e-mail, used once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.domain.addresses import safe_path
from server.domain.audit import AuditEvent, Tag
from server.domain.errors import InvalidLink, NotFound
from server.domain.people.persons import Person
from server.domain.people.sessions import SESSION_TTL
from server.domain.permissions import can_join_room
from server.storage.declarations import declarations
from server.storage.notices import mails
from server.storage.people import persons, sessions
from server.storage.record import audit

LINK_TTL: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class NewSession:
    """`session_token` goes into the cookie and nowhere else."""

    person: Person
    session_token: str
    next_path: str


async def send_login_link(services: Services, *, email: str, next_path: str, language: str = "de") -> None:
    """Says nothing about whether the address is known: the page answers everybody alike."""
    async with services.database.write() as db:
        person = await persons.find_by_email(db, email)
        if person is None:
            return
        link = await _append_link(services, db, person, next_path)
        minutes = int(LINK_TTL.total_seconds() // 60)
        mail = services.messages.compose("login_link", language, name=person.name, link=link, minutes=minutes)
        await mails.append_mail(db, person.email, mail.subject, mail.body, services.now())
        await audit.append_event(db, AuditEvent(services.now(), Tag.LOGIN_LINK_SEND, person.id, "", {}))
    services.mail_waiting.set()


async def issue_login_link(services: Services, *, email: str, next_path: str = "/") -> str:
    """A one-time login URL for whoever runs the service. Raises NotFound."""
    async with services.database.write() as db:
        person = await persons.find_by_email(db, email)
        if person is None:
            raise NotFound(what="person")
        link = await _append_link(services, db, person, next_path)
        await audit.append_event(db, AuditEvent(services.now(), Tag.LOGIN_LINK_SEND, 0, "", {}))
        return link


async def look_at_link(services: Services, *, token: str) -> str:
    """Whose link it is, without using it: mail scanners open links too. Raises InvalidLink."""
    async with services.database.read() as db:
        link = await sessions.find_login_link(db, token)
    if link is None or not link.is_open(services.now()):
        raise InvalidLink()
    return link.person.name


async def use_login_link(services: Services, *, token: str) -> NewSession:
    """Raises InvalidLink for a link that is unknown, used or expired."""
    async with services.database.write() as db:
        now = services.now()
        link = await sessions.find_login_link(db, token)
        if link is None or not link.is_open(now) or not await sessions.close_login_link(db, token, now):
            raise InvalidLink()
        session_token = secrets.token_urlsafe(32)
        await sessions.append_session(db, session_token, link.person.id, now, now + SESSION_TTL)
        await audit.append_event(db, AuditEvent(now, Tag.LOGIN_LINK_USE, link.person.id, "", {}))
    return NewSession(link.person, session_token, link.next_path)


async def sign_out(services: Services, *, session_token: str) -> None:
    """An editor that is open in another tab loses its line too: everybody in the person's rooms comes back
    at once, and who is no longer signed in is turned away."""
    async with services.database.write() as db:
        now = services.now()
        person = await sessions.find_person(db, session_token, now)
        left = await declarations.list_for(db, person.id, now) if person else []
        await sessions.end_session(db, session_token)
    for access in left:
        if can_join_room(access):
            services.rooms.access_changed(access.declaration.id)


async def _append_link(services: Services, db: AsyncSession, person: Person, next_path: str) -> str:
    token, now = secrets.token_urlsafe(32), services.now()
    await sessions.append_login_link(db, token, person.id, safe_path(next_path), now, now + LINK_TTL)
    return f"{services.base_url}/login/{token}"
