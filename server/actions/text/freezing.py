"""Fixing the text as a revision, and opening it again."""

from __future__ import annotations

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.services import Services
from server.documents.printable import ensure_printable
from server.domain.audit import AuditEvent, Tag
from server.domain.declarations import Declaration, Phase, Revision
from server.domain.people.persons import Person
from server.domain.permissions import can_freeze, can_reopen
from server.domain.sign_offs import SignOff
from server.domain.text.content import Content
from server.domain.text.live_text import fix_content
from server.storage.declarations import declarations
from server.storage.declarations.access import access_declaration
from server.storage.notices import mails
from server.storage.people import municipalities
from server.storage.record import audit
from server.storage.sign_offs import sign_offs
from server.storage.text import revisions, update_log
from server.sync.projection import read_text


async def freeze_text(services: Services, *, actor: Person, slug: str, language: str = "de") -> Revision:
    """Fixes what is in the log, the one truth, and opens the Mitzeichnung.

    The declaration's row is locked first and writers look at its phase in their own transaction: no
    update can slip in between. A text that equals the last revision keeps its number and sign-offs.
    """
    async with services.database.write() as db:
        now = services.now()
        access = await access_declaration(db, actor, slug, can_freeze, now, lock=True)
        content = await _read_content(db, access.declaration)
        await declarations.move_to(db, access.declaration, Phase.SIGNING)
        revision = await _fix(services, db, access.declaration, content, actor)
        facts = {"revision": revision.number, "sha256": revision.digest}
        await audit.append_event(db, AuditEvent(now, Tag.TEXT_FREEZE, actor.id, slug, facts))
        await _ask_signatories(services, db, access.declaration, revision, language)
    services.mail_waiting.set()
    services.rooms.access_changed(access.declaration.id)
    return revision


async def reopen_text(services: Services, *, actor: Person, slug: str) -> None:
    """Back to drafting. Earlier sign-offs stay on record and count for their digest only."""
    async with services.database.write() as db:
        now = services.now()
        access = await access_declaration(db, actor, slug, can_reopen, now, lock=True)
        await declarations.move_to(db, access.declaration, Phase.DRAFTING)
        await audit.append_event(db, AuditEvent(now, Tag.TEXT_REOPEN, actor.id, slug, {}))
    services.rooms.access_changed(access.declaration.id)


async def _read_content(db: AsyncSession, declaration: Declaration) -> Content:
    updates = await update_log.load_updates(db, declaration.text_id)
    content = fix_content(await asyncio.to_thread(read_text, updates))
    await asyncio.to_thread(ensure_printable, content)
    return content


async def _fix(
    services: Services, db: AsyncSession, declaration: Declaration, content: Content, actor: Person
) -> Revision:
    last = await revisions.find_current(db, declaration.text_id)
    if last is not None and last.digest == content.digest:
        return last
    return await revisions.append_revision(db, declaration.text_id, content, actor, services.now())


async def _ask_signatories(
    services: Services, db: AsyncSession, declaration: Declaration, revision: Revision, language: str
) -> None:
    """One mail to everyone who may sign and whose municipality has not signed this very text."""
    given = await sign_offs.list_sign_offs(db, declaration.id)
    signed = {s.statement.ags for s in given if s.statement.revision_digest == revision.digest}
    for mandate, person in await municipalities.list_invited(db, declaration.id, services.now()):
        if mandate.municipality.ags in signed:
            continue
        mail = services.messages.compose(
            "please_sign",
            language,
            name=person.name,
            municipality=mandate.municipality.name,
            declaration=declaration.title,
            revision=revision.number,
            again=_has_signed(given, person),
            link=f"{services.base_url}/declarations/{declaration.slug}/sign",
        )
        await mails.append_mail(db, person.email, mail.subject, mail.body, services.now())


def _has_signed(given: list[SignOff], person: Person) -> bool:
    return any(sign_off.person_id == person.id for sign_off in given)
