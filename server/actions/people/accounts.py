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
from server.domain.people.sessions import TOUCH_AFTER
from server.mail.notices import LoginLink
from server.storage.people import persons, sessions
from server.storage.people.sessions import Session

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


async def use_login_link(
    services: Services, *, token: str, language: Language | None = None, earlier: str | None = None
) -> NewSession:
    """`language`: in which the person signs in, and is written to from now on. `earlier`: the token of a
    session that the browser still has; it ends, and so do the person's other links. Raises InvalidLink for a
    link that is unknown, used or expired."""
    try:
        return await _use_link(services, token=token, language=language, earlier=earlier)
    except _UsedUp as error:
        async with services.account_act() as act:
            act.record(Tag.LOGIN_LINK_REFUSE, actor=error.person)
        raise InvalidLink() from error


class _UsedUp(Exception):
    """Somebody's link that works no more."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person


async def _use_link(
    services: Services, *, token: str, language: Language | None, earlier: str | None
) -> NewSession:
    async with services.account_act() as act:
        now = act.now
        link = await sessions.find_login_link(act.db, token)
        if link is None:
            raise InvalidLink()
        if not link.is_open(now) or not await sessions.close_login_link(act.db, token, now):
            raise _UsedUp(link.person)
        person = replace(link.person, language=language or link.person.language)
        await persons.set_language(act.db, person.id, person.language)
        session_token = secrets.token_urlsafe(32)
        await sessions.end_open_links(act.db, person.id, now)
        if earlier is not None:
            await sessions.end_session(act.db, earlier)
            act.session_ended(sessions.hash_token(earlier))
        ends_at = services.session_limits.end(now, now)
        await sessions.append_session(act.db, session_token, person.id, now, ends_at)
        act.record(Tag.LOGIN_LINK_USE, actor=person)
    return NewSession(person, session_token, link.next_path)


async def choose_language(services: Services, *, actor: Person, language: Language) -> None:
    """In which the person is written to from now on."""
    async with services.account_act(actor) as act:
        await persons.set_language(act.db, actor.id, language)
        act.record_nothing()


async def keep_session(services: Services, *, session_token: str, session: Session) -> Session:
    """The session as it is after being used now; every few minutes that is written down."""
    now = services.now()
    if now - session.last_used_at < TOUCH_AFTER:
        return session
    ends_at = services.session_limits.end(session.created_at, now)
    async with services.account_act(session.person) as act:
        await sessions.note_use(act.db, session_token, now, ends_at)
        act.record_nothing()
    return replace(session, ends_at=ends_at, last_used_at=now)


async def note_proof(services: Services, *, actor: Person, session_token: str) -> None:
    """The person has just proved who they are, by a code or a passkey."""
    async with services.account_act(actor) as act:
        await sessions.note_proof(act.db, session_token, act.now)
        act.record_nothing()


async def sign_out(services: Services, *, session_token: str) -> None:
    """An editor that is open in another tab is cut off too, and nobody else's."""
    async with services.account_act() as act:
        person = await sessions.find_person(act.db, session_token, act.now)
        await sessions.end_session(act.db, session_token)
        if person is None:
            act.record_nothing()
            return
        act.session_ended(sessions.hash_token(session_token))
        act.record(Tag.SESSION_END, actor=person)


async def _append_link(services: Services, act: Act, person: Person, next_path: str, ttl: timedelta) -> str:
    token = secrets.token_urlsafe(32)
    await sessions.append_login_link(act.db, token, person.id, safe_path(next_path), act.now, act.now + ttl)
    return f"{services.base_url}/login/{token}"
