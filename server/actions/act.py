"""One act: one transaction, one audit event, and what it causes after the commit and only then.

    async with services.act(actor=clara, slug=slug, may=can_freeze, lock=True) as act:
        ...                                     # reads and writes with `act.db`
        act.record(Tag.TEXT_FREEZE, {...})      # once
        await act.notify(doris, PleaseSign(...))
        act.rooms_changed()

An error inside rolls everything back and causes nothing. So does leaving without a record.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.audit import AuditEvent, Tag
from server.domain.notices.kinds import NoticeKind, Pace, chosen_pace
from server.domain.people.persons import Person
from server.domain.people.sessions import ensure_fresh
from server.domain.permissions import Access
from server.domain.text.update_log import LogAppend
from server.domain.webhooks.events import TOLD, body_of, kinds_of
from server.mail.notices.notice import Notice
from server.mail.stored import name_of, payload_of
from server.storage.declarations import declarations
from server.storage.declarations.access import access_declaration, access_locked
from server.storage.engine.database import Database
from server.storage.notices import choices, mails
from server.storage.notices.mails import NewMail
from server.storage.record import audit
from server.storage.release import webhooks
from server.sync.rooms import Rooms

NO_FACTS: Final[Mapping[str, object]] = {}
SERVICE: Final = 0
"""The actor of what nobody does in person."""


class Outside(Protocol):
    """What an act needs of the services."""

    @property
    def database(self) -> Database: ...
    @property
    def mail_waiting(self) -> asyncio.Event: ...
    @property
    def rooms(self) -> Rooms: ...
    @property
    def base_url(self) -> str: ...
    def now(self) -> datetime: ...


class Act:
    """An act of a person or, without `actor`, of the service; `slug` is empty where no declaration is
    concerned. `now` is one moment for the whole act."""

    def __init__(self, outside: Outside, db: AsyncSession, actor: Person | None, slug: str) -> None:
        self.db = db
        self.now = outside.now()
        self.actor = actor
        self.slug = slug
        self.declaration_id: int | None = None
        self._outside = outside
        self._events: list[AuditEvent] = []
        self._is_recorded = False
        self._has_mail = False
        self._changed: list[int] = []
        self._ended: list[str] = []
        self._grown: list[LogAppend] = []

    def record(
        self, tag: Tag, facts: Mapping[str, object] = NO_FACTS, *, actor: Person | None = None
    ) -> None:
        """Exactly once. `actor`: where it turns out during the act who it is."""
        self._settle()
        self._append(tag, facts, actor or self.actor)

    def record_nothing(self) -> None:
        """In place of `record`, where nothing decisive happens: a repetition, a question that waits for its
        answer, a preference."""
        self._settle()

    def record_part(self, tag: Tag, facts: Mapping[str, object]) -> None:
        """Beside the one record: what the act contains and the log names by itself."""
        self._append(tag, facts, self.actor)

    async def notify(self, person: Person, notice: Notice, *, reply_to: str | None = None) -> None:
        """The mail waits in the act's own transaction, as the person has chosen: by itself, for their daily
        mail, or not at all. It gets its words when it leaves, in the language that they read then.

        `reply_to`: the key of the mail that this one reminds of.
        """
        match await self._pace(person, notice.kind):
            case Pace.AT_ONCE:
                await self.notify_mailbox(person.email, person.id, notice, reply_to=reply_to)
            case Pace.DAILY:
                stored = name_of(notice), payload_of(notice)
                await choices.append_item(self.db, person.id, *stored, self.now)
            case Pace.NONE:
                pass

    async def _pace(self, person: Person, kind: NoticeKind | None) -> Pace:
        if kind is None or kind.facts.always_comes:
            return Pace.AT_ONCE
        return chosen_pace(kind, await choices.load_choices(self.db, person.id))

    async def notify_mailbox(
        self, recipient: str, person_id: int | None, notice: Notice, *, reply_to: str | None = None
    ) -> int:
        """At once, to a mailbox that may be nobody's account. Returns the mail's id."""
        lasts = notice.expires_after
        mail = NewMail(
            recipient=recipient,
            person_id=person_id,
            notice=name_of(notice),
            payload=payload_of(notice),
            declaration_id=self.declaration_id,
            expires_at=self.now + lasts if lasts else None,
            reply_to=reply_to,
        )
        self._has_mail = True
        return await mails.append_mail(self.db, mail, self.now)

    def address(self, page: str = "") -> str:
        """Of a page of the act's declaration, for mails."""
        base = f"{self._outside.base_url}/declarations/{self.slug}"
        return f"{base}/{page}" if page else base

    def site_address(self, page: str) -> str:
        """Of a page of the service, for mails."""
        return f"{self._outside.base_url}/{page}"

    def rooms_changed(self, declaration_id: int) -> None:
        """Rights in the declaration or its phase: connections in its rooms must be authorised again."""
        self._changed.append(declaration_id)

    def text_grew(self, part: LogAppend) -> None:
        """What the act appended to a log itself: its room learns of it before anybody comes back."""
        self._grown.append(part)

    def session_ended(self, session: str) -> None:
        """Its connections in any room end. `session`: the hash of its token."""
        self._ended.append(session)

    def _settle(self) -> None:
        if self._is_recorded:
            raise RuntimeError("an act is recorded once")
        self._is_recorded = True

    def _append(self, tag: Tag, facts: Mapping[str, object], actor: Person | None) -> None:
        self._events.append(AuditEvent(self.now, tag, actor.id if actor else SERVICE, self.slug, facts))

    async def write_record(self) -> None:
        """Last in the transaction: the log is locked for as short as can be. Raises RuntimeError."""
        if not self._is_recorded:
            raise RuntimeError("an act ends without a record")
        for event in self._events:
            await audit.append_event(self.db, event)
        await self._tell_webhooks()

    async def _tell_webhooks(self) -> None:
        """Their messages wait in the act's own transaction, as mails do."""
        if self.declaration_id is None or not any(event.tag.value in TOLD for event in self._events):
            return
        hooks = await self.db.run_sync(webhooks.read_webhooks, self.declaration_id)
        if not hooks:
            return
        declaration = await declarations.load_by_id(self.db, self.declaration_id)
        for kind in kinds_of(self._events, declaration, self.now):
            body = body_of(kind, declaration, self._outside.base_url, self.now)
            await webhooks.append_messages(self.db, hooks, kind, body, self.now)

    def cause_effects(self) -> None:
        """After the commit."""
        if self._has_mail:
            self._outside.mail_waiting.set()
        for part in self._grown:
            self._outside.rooms.bring(part)
        for declaration_id in self._changed:
            self._outside.rooms.access_changed(declaration_id)
        for session in self._ended:
            self._outside.rooms.end_session(session)


class DeclarationAct(Act):
    """`access`: what the actor is in the declaration, authorised for this act."""

    def __init__(self, outside: Outside, db: AsyncSession, access: Access) -> None:
        super().__init__(outside, db, access.person, access.declaration.slug)
        self.access = access
        self.declaration_id = access.declaration.id

    def rooms_changed(self, declaration_id: int | None = None) -> None:
        """By default those of the act's own declaration."""
        super().rooms_changed(self.access.declaration.id if declaration_id is None else declaration_id)


@asynccontextmanager
async def open_act(outside: Outside, *, actor: Person | None = None, slug: str = "") -> AsyncIterator[Act]:
    """Without any right asked: signing in and out, and what the service does by itself."""
    async with outside.database.write() as db:
        act = Act(outside, db, actor, slug)
        yield act
        await act.write_record()
    act.cause_effects()


@asynccontextmanager
async def open_declaration_act(
    outside: Outside,
    *,
    actor: Person,
    slug: str,
    may: Callable[[Access], bool],
    lock: bool,
    proven_at: datetime | None = None,
) -> AsyncIterator[DeclarationAct]:
    """`lock` holds the declaration's row until the end. With `proven_at` the act needs a fresh proof; only
    who has the right is asked for it. Raises NotFound, NotAllowed, WrongPhase, ProofNeeded."""
    async with outside.database.write() as db:
        if lock:
            access = await access_locked(db, actor, slug, may, outside.now)
        else:
            access = await access_declaration(db, actor, slug, may, outside.now())
        if proven_at is not None:
            ensure_fresh(proven_at, outside.now())
        act = DeclarationAct(outside, db, access)
        yield act
        await act.write_record()
    act.cause_effects()
