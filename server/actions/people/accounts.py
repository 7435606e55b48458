"""Signing in: a link by e-mail, used once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import Act
from server.actions.people.account.codes import as_typed, keyed
from server.actions.people.account.entering import NO_BROWSER, Browser, NewSession, enter
from server.actions.services import Services
from server.domain.addresses import safe_path
from server.domain.audit import Tag
from server.domain.errors import InvalidCode, InvalidInput, InvalidLink, NotFound
from server.domain.people.languages import Language
from server.domain.people.persons import Person
from server.domain.people.sessions import TOUCH_AFTER
from server.mail.notices import account as notices
from server.storage.people import askers, persons, sessions, shared_limits
from server.storage.people.sessions import LoginLink, Session

LINK_TTL: Final = timedelta(minutes=10)
"""Of a link in a mail (ASVS 4.0.3, 2.7.2)."""
LINKS_AN_HOUR: Final = 12
"""To one address, of all processes together. A place comes back every five minutes, half of what a link is
good for: whenever no further mail is sent, the newest in the mailbox still works."""
OPERATOR_LINK_TTL: Final = timedelta(minutes=30)
"""Of one that the operator prints and hands over."""


CODE_DIGITS: Final = 6
CODE_ATTEMPTS: Final = 5
"""At the code of a link. Then the link ends; other links, and other people, are not concerned."""


@dataclass(frozen=True, slots=True)
class SeenLink:
    """`needs_code`: it was opened in another browser than the one that asked for it. `is_entered`: it leads
    to the sign page (`next_path`), and its owner is signed in in this browser."""

    name: str
    needs_code: bool
    next_path: str
    for_signing: bool
    is_entered: bool


def login_code(services: Services, browser: str, nonce: str) -> str:
    """Six digits. The browser that asks for a link is shown them, whether its address is known or not; they
    follow from what binds the browser, so that nothing has to be kept for those who are not known."""
    number = int(keyed(services, "login code", f"{nonce}:{browser}")[:15], 16)
    return f"{number % 1_000_000:06}"


async def send_login_link(services: Services, *, email: str, next_path: str, browser: str, code: str) -> None:
    """Says nothing about whether the address is known: the page answers everybody alike. `browser` is what
    binds the one that asks; any other has to bring the `code` too.

    When too many mails have gone to this address, no further one does, quietly; but the links in the mailbox
    are good for this browser too. So nobody who asks for somebody's links keeps that person out."""
    async with services.account_act() as act:
        person = await persons.find_by_email(act.db, email)
        if person is None:
            act.record_nothing()
            return
        await _append_asker(services, act, person, browser, code)
        if await shared_limits.take(
            act.db,
            f"link {person.id}",
            capacity=LINKS_AN_HOUR,
            period=timedelta(hours=1),
            now=act.now,
        ):
            act.record_nothing()
            return
        token = secrets.token_urlsafe(32)
        await sessions.append_login_link(
            act.db,
            token,
            person.id,
            safe_path(next_path),
            act.now,
            act.now + LINK_TTL,
            guarded=True,
        )
        link = f"{services.base_url}/login/{token}"
        minutes = int(LINK_TTL.total_seconds() // 60)
        await act.notify(person, notices.LoginLink(name=person.name, link=link, minutes=minutes))
        act.record(Tag.LOGIN_LINK_SEND, actor=person)


async def _append_asker(services: Services, act: Act, person: Person, browser: str, code: str) -> None:
    hashed = sessions.hash_token(browser)
    shown = _code_hash(services, person, code)
    await askers.append(act.db, person.id, hashed, shown, act.now, act.now + LINK_TTL)


def _code_hash(services: Services, person: Person, code: str) -> str:
    return keyed(services, f"login code of {person.id}", code)


async def issue_login_link(services: Services, *, email: str, next_path: str = "/") -> str:
    """A one-time login URL for the operator of the service. Raises NotFound."""
    async with services.account_act() as act:
        person = await persons.find_by_email(act.db, email)
        if person is None:
            raise NotFound(what="person")
        token = secrets.token_urlsafe(32)
        await sessions.append_login_link(
            act.db, token, person.id, safe_path(next_path), act.now, act.now + OPERATOR_LINK_TTL
        )
        act.record(Tag.LOGIN_LINK_SEND)
        return f"{services.base_url}/login/{token}"


async def look_at_link(
    services: Services, *, token: str, browser: str, viewer: Person | None = None
) -> SeenLink:
    """Whose link it is, without using it: mail scanners open links too. `viewer`: who is signed in in this
    browser; to them a link to sign leads on also when it is used up. Raises InvalidLink."""
    now = services.now()
    async with services.database.read() as db:
        link = await sessions.find_login_link(db, token)
        if link is None:
            raise InvalidLink()
        is_entered = link.for_signing and viewer is not None and viewer.id == link.person.id
        if not link.is_open(now) and not is_entered:
            raise _no_longer(link)
        needs_code = await _needs_code(db, link, browser, now)
        return SeenLink(link.person.name, needs_code, link.next_path, link.for_signing, is_entered)


def _no_longer(link: LoginLink) -> InvalidLink:
    """A new one leads to the same page."""
    return InvalidLink(next=link.next_path) if link.for_signing else InvalidLink()


async def _needs_code(db: AsyncSession, link: LoginLink, browser: str, now: datetime) -> bool:
    hashed = sessions.hash_token(browser)
    return link.guarded and not await askers.has_asked(db, link.person.id, hashed, now)


async def use_login_link(
    services: Services, *, token: str, browser: Browser = NO_BROWSER, code: str = ""
) -> NewSession:
    """Raises InvalidLink for a link that is unknown, used or expired; InvalidCode, with `left` attempts,
    where another browser asked for it and the code is wrong. A missing code is InvalidInput and no attempt:
    whatever presses buttons without reading uses nothing up."""
    try:
        return await _use_link(services, token=token, browser=browser, code=as_typed(code))
    except _UsedUp as error:
        async with services.account_act() as act:
            act.record(Tag.LOGIN_LINK_REFUSE, actor=error.link.person)
        raise _no_longer(error.link) from error


class _UsedUp(Exception):
    """Somebody's link that works no more."""

    def __init__(self, link: LoginLink) -> None:
        super().__init__()
        self.link = link


async def _use_link(services: Services, *, token: str, browser: Browser, code: str) -> NewSession:
    async with services.account_act() as act:
        link = await sessions.find_login_link(act.db, token, lock=True)
        if link is None:
            raise InvalidLink()
        if not link.is_open(act.now):
            raise _UsedUp(link)
        needs_code = await _needs_code(act.db, link, browser.secret, act.now)
        if not needs_code or await _is_code(services, act, link, code):
            if not await sessions.close_login_link(act.db, token, act.now):
                raise _UsedUp(link)
            new = await enter(services, act, link.person, browser, link.next_path)
            act.record(Tag.LOGIN_LINK_USE, actor=new.person)
            return new
        left = CODE_ATTEMPTS - link.attempts - 1
        await sessions.count_attempt(act.db, token)
        if left <= 0:
            await sessions.close_login_link(act.db, token, act.now)
        act.record(Tag.LOGIN_CODE_REFUSE, {"left": left}, actor=link.person)
    raise InvalidCode(left=left)


async def _is_code(services: Services, act: Act, link: LoginLink, code: str) -> bool:
    """Raises InvalidInput for what cannot be one."""
    if not (len(code) == CODE_DIGITS and code.isascii() and code.isdecimal()):
        raise InvalidInput(field="code")
    shown = _code_hash(services, link.person, code)
    return await askers.was_shown(act.db, link.person.id, shown, act.now)


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
