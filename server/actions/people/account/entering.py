"""A session begins, however the person proved who they are."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import Final

from server.actions.act import Act
from server.actions.services import Services
from server.domain.people.languages import Language
from server.domain.people.persons import Person
from server.storage.people import persons, sessions


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody signs in. `secret` binds its forms; `earlier` is the token of a session that it still
    has; `device` names browser and system; `language`: in which the person is written to from now on."""

    secret: str = ""
    earlier: str | None = None
    device: str = ""
    language: Language | None = None


NO_BROWSER: Final = Browser()


@dataclass(frozen=True, slots=True)
class NewSession:
    """`session_token` goes into the cookie and nowhere else."""

    person: Person
    session_token: str
    next_path: str


async def enter(
    services: Services, act: Act, person: Person, browser: Browser, next_path: str = "/"
) -> NewSession:
    """The browser's earlier session ends, and so do the person's open links. The caller records the act."""
    now, token = act.now, secrets.token_urlsafe(32)
    person = replace(person, language=browser.language or person.language)
    await persons.set_language(act.db, person.id, person.language)
    await sessions.end_open_links(act.db, person.id, now)
    if browser.earlier is not None:
        await sessions.end_session(act.db, browser.earlier)
        act.session_ended(sessions.hash_token(browser.earlier))
    ends_at = services.session_limits.end(now, now)
    await sessions.append_session(act.db, token, person.id, now, ends_at, browser.device)
    return NewSession(person, token, next_path)
