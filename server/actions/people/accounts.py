"""Signing in: a link by e-mail, used once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from server.actions.act import Act
from server.actions.services import Services
from server.domain.addresses import safe_path
from server.domain.audit import Tag
from server.domain.errors import InvalidLink, NotFound
from server.domain.people.languages import Language
from server.domain.people.persons import Person
from server.domain.people.sessions import SESSION_TTL
from server.domain.permissions import can_join_room
from server.mail.notices import LoginLink
from server.storage.declarations import declarations
from server.storage.people import persons, sessions

LINK_TTL: Final = timedelta(minutes=10)
"""Of a link in a mail (ASVS 4.0.3, 2.7.2)."""
OPERATOR_LINK_TTL: Final = timedelta(minutes=30)
"""Of one that the operator prints and hands over."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """`session_token` goes into the cookie and nowhere else."""

    person: Person
    session_token: str
    next_path: str


async def send_login_link(services: Services, *, email: str, next_path: str) -> None:
    """Says nothing about whether the address is known: the page answers everybody alike."""
    async with services.account_act() as act:
        person = await persons.find_by_email(act.db, email)
        if person is None:
            act.record_nothing()
            return
        link = await _append_link(services, act, person, next_path, LINK_TTL)
        minutes = int(LINK_TTL.total_seconds() // 60)
        await act.notify(person, LoginLink(name=person.name, link=link, minutes=minutes))
        act.record(Tag.LOGIN_LINK_SEND, actor=person)


async def issue_login_link(services: Services, *, email: str, next_path: str = "/") -> str:
    """A one-time login URL for the operator of the service. Raises NotFound."""
    async with services.account_act() as act:
        person = await persons.find_by_email(act.db, email)
        if person is None:
            raise NotFound(what="person")
        link = await _append_link(services, act, person, next_path, OPERATOR_LINK_TTL)
        act.record(Tag.LOGIN_LINK_SEND)
        return link


async def look_at_link(services: Services, *, token: str) -> str:
    """Whose link it is, without using it: mail scanners open links too. Raises InvalidLink."""
    async with services.database.read() as db:
        link = await sessions.find_login_link(db, token)
    if link is None or not link.is_open(services.now()):
        raise InvalidLink()
    return link.person.name


async def use_login_link(services: Services, *, token: str, language: Language | None = None) -> NewSession:
    """`language`: in which the person signs in, and is written to from now on. Raises InvalidLink for a link
    that is unknown, used or expired."""
    async with services.account_act() as act:
        now = act.now
        link = await sessions.find_login_link(act.db, token)
        if link is None or not link.is_open(now) or not await sessions.close_login_link(act.db, token, now):
            raise InvalidLink()
        person = replace(link.person, language=language or link.person.language)
        await persons.set_language(act.db, person.id, person.language)
        session_token = secrets.token_urlsafe(32)
        await sessions.append_session(act.db, session_token, person.id, now, now + SESSION_TTL)
        act.record(Tag.LOGIN_LINK_USE, actor=person)
    return NewSession(person, session_token, link.next_path)


async def choose_language(services: Services, *, actor: Person, language: Language) -> None:
    """In which the person is written to from now on."""
    async with services.account_act(actor) as act:
        await persons.set_language(act.db, actor.id, language)
        act.record_nothing()


async def sign_out(services: Services, *, session_token: str) -> None:
    """An editor that is open in another tab is cut off too: everybody in the person's rooms comes back at
    once, and who is no longer signed in is turned away."""
    async with services.account_act() as act:
        person = await sessions.find_person(act.db, session_token, act.now)
        await sessions.end_session(act.db, session_token)
        if person is None:
            act.record_nothing()
            return
        for access in await declarations.list_for(act.db, person.id, act.now):
            if can_join_room(access):
                act.rooms_changed(access.declaration.id)
        act.record(Tag.SESSION_END, actor=person)


async def _append_link(services: Services, act: Act, person: Person, next_path: str, ttl: timedelta) -> str:
    token = secrets.token_urlsafe(32)
    await sessions.append_login_link(act.db, token, person.id, safe_path(next_path), act.now, act.now + ttl)
    return f"{services.base_url}/login/{token}"
