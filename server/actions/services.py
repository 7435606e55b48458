"""What the actions work with; `app` wires it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime

from server.actions.act import Act, DeclarationAct, open_act, open_declaration_act
from server.actions.keyed_lock import KeyedLock
from server.actions.people.provider.client import ProviderClient
from server.actions.text.visit_book import VisitBook
from server.actions.webhooks.client import WebhookClient
from server.domain.people.persons import Person
from server.domain.people.providers import Provider
from server.domain.people.sessions import SessionLimits
from server.domain.permissions import Access
from server.domain.record.retention import Retention
from server.domain.release.archive import XdomeaVersion
from server.dossier.apart.checks_apart import ChecksApart
from server.mail.messages import Messages
from server.mail.transport import MailTransport
from server.signing.passkeys.relying_party import RelyingParty
from server.signing.seal.seal import Sealer
from server.storage.engine.database import Database
from server.storage.text.room_log import SqlUpdateLog
from server.sync.rooms import Rooms


@dataclass(frozen=True, slots=True)
class Services:
    """`clock` gives the time in UTC. `mail_waiting` wakes the delivery after a commit; `sealing` keeps
    two who seal the same declaration from doing the work twice; `checks` reads files of strangers.
    `process`: sixteen characters that name this process among those that share the database."""

    database: Database
    update_log: SqlUpdateLog
    clock: Callable[[], datetime]
    rooms: Rooms
    messages: Messages
    transport: MailTransport
    sealer: Sealer
    relying_party: RelyingParty
    base_url: str
    secret: bytes
    demo: bool
    process: str
    returned_mail: str = ""
    """The mailbox that mail comes back to (`server.mail.bounces`); empty where nobody reads one."""
    session_limits: SessionLimits = field(default_factory=SessionLimits)
    retention: Retention = field(default_factory=Retention)
    providers: Sequence[Provider] = ()
    xdomea: XdomeaVersion = XdomeaVersion.V4
    """The standard's version that the receiving E-Akten read."""
    provider_client: ProviderClient = field(default_factory=ProviderClient)
    webhook_client: WebhookClient = field(default_factory=WebhookClient)
    visits: VisitBook = field(default_factory=VisitBook)
    mail_waiting: asyncio.Event = field(default_factory=asyncio.Event)
    sealing: KeyedLock = field(default_factory=KeyedLock)
    checks: ChecksApart = field(default_factory=ChecksApart)

    def now(self) -> datetime:
        """Whole seconds: what is signed and what is stored are the same."""
        return self.clock().replace(microsecond=0)

    def act(
        self, *, actor: Person, slug: str, may: Callable[[Access], bool], lock: bool = False
    ) -> AbstractAsyncContextManager[DeclarationAct]:
        """An act in a declaration. Raises NotFound, NotAllowed, WrongPhase before anything is done."""
        return open_declaration_act(self, actor=actor, slug=slug, may=may, lock=lock)

    def deciding_act(
        self,
        *,
        actor: Person,
        slug: str,
        may: Callable[[Access], bool],
        proven_at: datetime,
        lock: bool = False,
    ) -> AbstractAsyncContextManager[DeclarationAct]:
        """The same for what cannot be left to whoever finds a screen unlocked. `proven_at`: when the actor
        last proved in this session who they are. Raises ProofNeeded besides."""
        return open_declaration_act(self, actor=actor, slug=slug, may=may, lock=lock, proven_at=proven_at)

    def account_act(self, actor: Person | None = None) -> AbstractAsyncContextManager[Act]:
        """An act about a person's account. `actor` None: it turns out meanwhile, or is the service."""
        return open_act(self, actor=actor)

    def service_act(self, slug: str) -> AbstractAsyncContextManager[Act]:
        """An act of the service or its operator on a declaration; no person's rights are checked."""
        return open_act(self, slug=slug)

    async def close(self) -> None:
        """After the rooms."""
        self.update_log.close()
        await self.database.close()
