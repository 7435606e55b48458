"""What people do in the browser, done at once by the actions: for tests that look at one page of a phase."""

from __future__ import annotations

import asyncio
import base64
import secrets
from collections.abc import Coroutine
from datetime import datetime, timedelta
from threading import Thread
from typing import Any, Self, TypeVar

from playwright.sync_api import Browser
from pycrdt import Text
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.notices.delivery import deliver_waiting
from server.actions.people import creators, passkeys
from server.actions.release import reporting, sealing
from server.actions.release.joining import Applicant, ask_to_join
from server.actions.sign_offs import by_code, by_passkey
from server.actions.sign_offs.request import SignOffRequest
from server.actions.text import freezing, translating
from server.app import build_services
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.release.reports import Progress, ReportEntry, commitments_of
from server.domain.terms.local_time import day_of
from server.domain.text.content import Block, Run
from server.domain.text.what_changed import NOTHING_SAID, WhatChanged
from server.settings import read_settings
from server.storage.declarations import declarations
from server.storage.people import municipalities, persons, sessions
from server.storage.release import hours
from server.storage.release.final_documents import FinalDocument
from server.storage.release.signed import read_towns_behind
from server.storage.tables.text import UpdateRow
from server.storage.text import revisions, update_log
from server.sync.projection import load_doc
from tests.signing.authenticator import Authenticator
from tests.story.people import EMAILS, Visitor
from tests.story.service import SLUG, Service
from tests.waiting import HANG

T = TypeVar("T")
WORDING = "Ich zeichne die Erklärung."
FRANK = "frank@example.org"
"""Takes part in another declaration, and is a stranger to this one."""


class Shortcuts:
    """Works on the service's database beside it, in a thread of its own: Playwright keeps an event loop
    running in this one."""

    def __init__(self, service: Service) -> None:
        self.service = service
        environment = {"KRAFTAKT_DATA": str(service.data), "PORT": str(service.port), "KRAFTAKT_DEMO": "1"}
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.services = build_services(read_settings(environment))
        self._keys: dict[str, Authenticator] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.run(self.services.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=HANG)

    def read(self, function: Any, *arguments: Any) -> Any:
        async def look() -> Any:
            async with self.services.database.read() as db:
                return await function(db, *arguments)

        return self.run(look())

    def write(self, function: Any, *arguments: Any) -> Any:
        async def change() -> Any:
            async with self.services.database.write() as db:
                return await function(db, *arguments)

        return self.run(change())

    def person(self, name: str) -> Person:
        found: Person | None = self.read(persons.find_by_email, EMAILS.get(name, FRANK))
        assert found is not None
        return found

    def session(self, name: str, **life: float) -> str:
        """A session's token; by default for an hour."""
        token, now = secrets.token_urlsafe(32), self.services.now()
        ends = now + timedelta(**(life or {"hours": 1}))
        self.write(sessions.append_session, token, self.person(name).id, now, ends)
        return token

    def visitor(self, browser: Browser, name: str, *, phone: bool = False) -> Visitor:
        """Signed in without the login page; `out` is nobody."""
        visitor = Visitor(browser, self.service, name, phone=phone)
        if name != "out":
            cookie = {"name": "kraftakt_session", "value": self.session(name), "url": self.service.base}
            visitor.context.add_cookies([cookie])
        return visitor

    def invite_frank(self) -> None:
        invitees = [Invitee(FRANK, "Frank Farn", Role.COORDINATOR)]
        blocks = [Block("paragraph", 0, (Run("Etwas anderes."),))]
        start = Start("anderes", "Etwas anderes", "Andere", None, None, blocks, invitees)
        self.run(start_declaration(self.services, start=start))

    def allow_creating(self, name: str) -> None:
        person = self.person(name)
        self.run(creators.allow_creating(self.services, email=person.email, name=person.name))

    def freeze(self, changed: WhatChanged = NOTHING_SAID) -> None:
        now, clara = self.services.now(), self.person("clara")
        self.run(freezing.freeze_text(self.services, actor=clara, slug=SLUG, proven_at=now, changed=changed))

    def reopen(self) -> None:
        self.run(freezing.reopen_text(self.services, actor=self.person("clara"), slug=SLUG))

    def write_words(self, words: str) -> None:
        """In front of the text, as somebody in the room would."""

        async def append(db: AsyncSession) -> None:
            text_id = (await declarations.load_declaration(db, SLUG)).text_id
            doc = load_doc(await update_log.load_updates(db, text_id))
            changes: list[bytes] = []
            subscription = doc.observe(lambda event: changes.append(event.update))
            doc.get("text", type=Text).insert(0, words, {})
            doc.unobserve(subscription)
            db.add_all(UpdateRow(text_id=text_id, data=change) for change in changes)

        self.write(append)

    def deliver(self) -> None:
        """Sends the mail that was caused here: the service looks for that of others once a minute."""
        self.run(deliver_waiting(self.services))

    def publish_at(self, hour: datetime) -> None:
        """The public page opens then, without anybody's proposal."""
        self.write(hours.set_hour, self.read(declarations.load_declaration, SLUG), hour)

    def translate(self) -> None:
        """Into French: fixed as it begins, with the German words."""
        clara, now = self.person("clara"), self.services.now()
        revision = self.read(revisions.find_current, self.read(declarations.load_declaration, SLUG).text_id)
        self.run(translating.begin_translation(self.services, actor=clara, slug=SLUG, tag="fr"))
        self.run(
            translating.fix_translation(
                self.services, actor=clara, slug=SLUG, tag="fr", number=revision.number, proven_at=now
            )
        )

    def report(self) -> None:
        """Of this year, about the first commitment in Offenburg."""
        clara, year = self.person("clara"), day_of(self.services.now()).year
        declaration = self.read(declarations.load_declaration, SLUG)
        revision = self.read(revisions.find_current, declaration.text_id)
        town = self.read(lambda db: db.run_sync(read_towns_behind, declaration))[0]
        entry = ReportEntry(
            town.ags, commitments_of(revision.text)[0].number, Progress.UNDER_WAY, "Begonnen."
        )
        said = {"year": year, "ags": town.ags, "entries": [entry]}
        self.run(reporting.save_report(self.services, actor=clara, slug=SLUG, **said))
        self.run(reporting.publish_report(self.services, actor=clara, slug=SLUG, year=year))

    def ask_to_join(self) -> str:
        """Kehl does. The token of the page that says what became of it."""
        applicant = Applicant("08317057", "Karl", "Oberbürgermeister", "karl@example.org")
        return self.run(ask_to_join(self.services, slug=SLUG, applicant=applicant))

    def seal(self) -> FinalDocument:
        return self.run(
            sealing.seal_declaration(
                self.services, actor=self.person("clara"), slug=SLUG, proven_at=self.services.now()
            )
        )

    def _asked(self, name: str) -> dict[str, Any]:
        person = self.person(name)
        invited = self.read(municipalities.list_invited, 1, self.services.now())
        mandate = next(mandate for mandate, who in invited if who.id == person.id)
        declaration = self.read(declarations.load_declaration, SLUG)
        digest = self.read(revisions.find_current, declaration.text_id).digest
        return {
            "actor": person,
            "slug": SLUG,
            "request": SignOffRequest(digest, mandate.id, WORDING),
        }

    def send_code(self, name: str) -> str:
        """The path of the page on which the code is entered."""
        challenge = self.run(by_code.send_code(self.services, **self._asked(name)))
        return f"/sign/code/{challenge}"

    def sign(self, name: str) -> None:
        key, actor = self._key(name), self.person(name)
        asked, options, _ = self.run(by_passkey.begin_with_passkey(self.services, **self._asked(name)))
        answer = key.get(_challenge(options))
        finish = by_passkey.finish_with_passkey(
            self.services, actor=actor, slug=SLUG, challenge_id=asked, response=answer
        )
        self.run(finish)

    def _key(self, name: str) -> Authenticator:
        if name not in self._keys:
            actor = self.person(name)
            key = Authenticator(self.services.relying_party.id, self.services.base_url)
            asked, options = self.run(
                passkeys.begin_registration(self.services, actor=actor, proven_at=self.services.now())
            )
            made = key.create(_challenge(options))
            finish = passkeys.finish_registration(
                self.services, actor=actor, challenge_id=asked, response=made
            )
            self.run(finish)
            self._keys[name] = key
        return self._keys[name]


def _challenge(options: dict[str, object]) -> bytes:
    text = str(options["challenge"])
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
