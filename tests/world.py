"""A service with a declaration in it, without a browser: real database, real actions, a clock of its own."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pycrdt import Text
from sqlalchemy import text

from server.actions.declarations.start import Invitee, Start, start_declaration
from server.actions.notices.wording import word_mail
from server.actions.people import passkeys
from server.actions.release import sealing
from server.actions.services import Services
from server.actions.sign_offs import by_code, by_passkey, by_pdf
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.actions.sign_offs.withdrawal import withdraw_sign_off
from server.actions.text import freezing
from server.app import build_services
from server.cli.migrate import upgrade
from server.domain.declarations import Revision
from server.domain.people.mandates import Mandate
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.sign_offs.answers import Answer
from server.domain.sign_offs.statements import SignOff
from server.domain.text.content import Block, Run
from server.mail.transport import Mail
from server.settings import read_settings
from server.storage.declarations import declarations
from server.storage.notices import mails
from server.storage.people import municipalities, persons
from server.storage.record import audit
from server.storage.release.final_documents import FinalDocument
from server.storage.sign_offs import sign_offs as stored_sign_offs
from server.storage.tables.text import UpdateRow
from server.storage.text import revisions, update_log
from server.sync.projection import load_doc
from tests.begun import copy_begun
from tests.checks_within import ChecksWithin
from tests.signing.authenticator import ES256, Authenticator

T = TypeVar("T")
SLUG = "erklaerung"
OFFENBURG, LAHR = "08317096", "08317065"
WORDING = "Ich zeichne die Erklärung."
BLOCKS = [
    Block("heading", 1, (Run("Erklärung"),)),
    Block("paragraph", 0, (Run("Wir handeln gemeinsam."),)),
    Block("clause", 1, (Run("Wir bauen Netze aus."),)),
]
INVITEES = [
    Invitee("clara@example.org", "Clara", Role.COORDINATOR),
    Invitee("anna@example.org", "Anna", Role.EDITOR, OFFENBURG),
    Invitee("doris@example.org", "Doris", Role.SIGNATORY, OFFENBURG, "Oberbürgermeisterin"),
    Invitee("gustav@example.org", "Gustav", Role.SIGNATORY, LAHR, "Oberbürgermeister"),
    Invitee("emil@example.org", "Emil", Role.PRESS),
]


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as its reader has it."""

    recipient: str
    subject: str
    body: str
    mail: Mail

    @classmethod
    def of(cls, mail: Mail) -> Letter:
        return cls(mail.recipient, mail.message.subject, mail.message.text, mail)


class World:
    """`run` brings a coroutine to its end in the world's own event loop."""

    def __init__(self, folder: Path, database: str | None = None) -> None:
        """`database`: a URL; else SQLite in the folder."""
        copy_begun(World.anew, folder, database)
        self._open(folder, database)

    def _open(self, folder: Path, database: str | None = None) -> None:
        self.time = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)
        chosen = {"KRAFTAKT_DATABASE": database} if database else {}
        self.settings = read_settings({"KRAFTAKT_DATA": str(folder), **chosen})
        self._runner = asyncio.Runner()
        self.services = self.more_services()
        self._keys: dict[int, Authenticator] = {}

    def _begin(self) -> None:
        upgrade(self.settings.database)
        start = Start(SLUG, "Erklärung", "Städte und Gemeinden", None, None, BLOCKS, INVITEES)
        self.run(self._shift_text_ids())
        self.run(start_declaration(self.services, start=start))

    @classmethod
    def anew(cls, folder: Path, database: str | None) -> World:
        """By the migrations and actions, where nothing is yet."""
        world = cls.__new__(cls)
        world._open(folder, database)
        world._begin()
        return world

    async def _shift_text_ids(self) -> None:
        """So that no text has a declaration's id: nobody may take one for the other."""
        async with self.services.database.write() as db:
            if self.services.database.is_sqlite:
                await db.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES ('texts', 40)"))
            else:
                await db.execute(text("SELECT setval('texts_id_seq', 40)"))

    def more_services(self) -> Services:
        """Over the same database, as in another process."""
        services = build_services(self.settings)
        return replace(services, clock=lambda: self.time, checks=ChecksWithin())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(work)

    @contextmanager
    def open_rooms(self) -> Iterator[None]:
        """Whatever the service writes goes through them."""

        async def start() -> None:
            self.services.rooms.start()

        self.run(start())
        yield
        self.run(self.services.rooms.close())

    def close(self) -> None:
        self.run(self.services.close())
        self._runner.close()

    def wait(self, **time: float) -> None:
        self.time += timedelta(**time)

    def read(self, function: Any, *arguments: Any) -> Any:
        """A function of the storage, in a session of its own."""

        async def look() -> Any:
            async with self.services.database.read() as db:
                return await function(db, *arguments)

        return self.run(look())

    def ask(self, function: Any, *arguments: Any) -> Any:
        """The same for what answers at once."""
        return self.run(self.services.database.ask(lambda db: function(db, *arguments)))

    def person(self, name: str) -> Person:
        found: Person | None = self.read(persons.find_by_email, f"{name}@example.org")
        assert found is not None
        return found

    @property
    def phase(self) -> str:
        return str(self.read(declarations.load_declaration, SLUG).phase.value)

    @property
    def text_id(self) -> int:
        """Of the original."""
        return int(self.read(declarations.load_declaration, SLUG).text_id)

    @property
    def revision(self) -> Revision:
        found: Revision = self.read(revisions.find_current, self.text_id)
        return found

    @property
    def answers(self) -> list[SignOff]:
        found: list[SignOff] = self.read(stored_sign_offs.list_sign_offs, 1)
        return found

    def answers_of(self, ags: str, digest: str | None = None) -> list[SignOff]:
        """To this text, or to the current one."""
        text = digest or self.revision.digest
        return [s for s in self.answers if (s.ags, s.statement.revision_digest) == (ags, text)]

    @property
    def tags(self) -> list[str]:
        return [event.tag.value for event in self.read(audit.list_events, SLUG)]

    @property
    def letters(self) -> list[Letter]:
        """What waits to be sent, in words, oldest first."""
        waiting = self.read(mails.list_waiting, 1000)
        return [Letter.of(word_mail(self.services, mail)) for mail in waiting]

    def mandate(self, name: str) -> Mandate:
        invited = self.read(municipalities.list_invited, 1, self.time)
        return next(mandate for mandate, person in invited if person.name.lower() == name)

    def freeze(self) -> Revision:
        return self.run(
            freezing.freeze_text(
                self.services, actor=self.person("clara"), slug=SLUG, proven_at=self.services.now()
            )
        )

    def reopen(self) -> None:
        self.run(freezing.reopen_text(self.services, actor=self.person("clara"), slug=SLUG))

    def write(self, words: str) -> None:
        """Puts these words in front of the text, as somebody in the room would."""

        text_id = self.text_id

        async def append() -> None:
            async with self.services.database.write() as db:
                doc = load_doc(await update_log.load_updates(db, text_id))
                changes: list[bytes] = []
                subscription = doc.observe(lambda event: changes.append(event.update))
                doc.get("text", type=Text).insert(0, words, {})
                doc.unobserve(subscription)
                db.add_all(UpdateRow(text_id=text_id, data=change) for change in changes)

        self.run(append())

    def asked(self, name: str, digest: str | None = None, **other: Any) -> dict[str, Any]:
        """Arguments of the actions that begin a sign-off: the person has seen what the municipality answered
        last. `other` says what is asked otherwise."""
        text, mandate = digest or self.revision.digest, self.mandate(name)
        seen = [s.id for s in self.answers_of(mandate.municipality.ags, text)]
        request = SignOffRequest(text, mandate.id, WORDING, replaces=seen[-1] if seen else None)
        return {"actor": self.person(name), "slug": SLUG, "request": replace(request, **other)}

    def authenticator(self, name: str, algorithm: int = ES256) -> Authenticator:
        """The person's passkey, registered when it is first asked for."""
        person = self.person(name)
        if person.id not in self._keys:
            key = Authenticator(self.services.relying_party.id, self.services.base_url, algorithm)
            challenge_id, options = self.run(
                passkeys.begin_registration(self.services, actor=person, proven_at=self.time)
            )
            response = key.create(challenge_of(options))
            self.run(
                passkeys.finish_registration(
                    self.services, actor=person, challenge_id=challenge_id, response=response
                )
            )
            self._keys[person.id] = key
        return self._keys[person.id]

    def sign_with_passkey(self, name: str) -> SignOff:
        key = self.authenticator(name)
        challenge_id, options, _ = self.run(by_passkey.begin_with_passkey(self.services, **self.asked(name)))
        return self.finish(name, challenge_id, key.get(challenge_of(options)))

    def finish(self, name: str, challenge_id: str, response: Any) -> SignOff:
        return self.run(
            by_passkey.finish_with_passkey(
                self.services,
                actor=self.person(name),
                slug=SLUG,
                challenge_id=challenge_id,
                response=response,
            )
        )

    def send_code(self, name: str, **other: Any) -> tuple[str, str]:
        """The challenge's id and the code from the mail."""
        challenge_id = self.run(by_code.send_code(self.services, **self.asked(name, **other)))
        found = re.search(r"\d{4} \d{4}", self.letters[-1].subject)
        assert found is not None
        return challenge_id, found[0]

    def confirm(self, name: str, challenge_id: str, code: str) -> SignOff:
        return self.run(
            by_code.confirm_code(
                self.services, actor=self.person(name), slug=SLUG, challenge_id=challenge_id, code=code
            )
        )

    def answer(self, name: str, answer: Answer, text: str = "", **other: Any) -> SignOff:
        """By a code."""
        challenge_id, code = self.send_code(name, reply=Reply(answer, text), **other)
        return self.confirm(name, challenge_id, code)

    def withdraw(self, name: str) -> SignOff:
        """What the person's municipality answered last."""
        mandate = self.mandate(name)
        return self.run(
            withdraw_sign_off(
                self.services,
                actor=self.person(name),
                slug=SLUG,
                mandate_id=mandate.id,
                sign_off_id=self.answers_of(mandate.municipality.ags)[-1].id,
            )
        )

    def hand_out(self, name: str, **other: Any) -> tuple[str, bytes]:
        """The challenge's id and the copy to be signed."""
        return self.run(by_pdf.begin_with_pdf(self.services, **self.asked(name, **other)))

    def hand_in(self, name: str, challenge_id: str, signed: bytes) -> SignOff:
        return self.run(
            by_pdf.finish_with_pdf(
                self.services,
                actor=self.person(name),
                slug=SLUG,
                challenge_id=challenge_id,
                signed=signed,
            )
        )

    def sign_copy(self, name: str, sign: Callable[[bytes], bytes]) -> SignOff:
        """`sign` does what the person's own software would do."""
        challenge_id, copy = self.hand_out(name)
        return self.hand_in(name, challenge_id, sign(copy))

    def seal(self, name: str = "clara") -> FinalDocument:
        return self.run(
            sealing.seal_declaration(
                self.services, actor=self.person(name), slug=SLUG, proven_at=self.services.now()
            )
        )


def challenge_of(options: dict[str, Any]) -> bytes:
    text = str(options["challenge"])
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
