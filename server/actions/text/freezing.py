"""Fixing the text as a revision, and opening it again."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.actions.sign_offs.links import end_of_link, make_sign_link
from server.actions.text.whole_text import load_whole_text
from server.documents.printable import ensure_printable
from server.domain.audit import Tag
from server.domain.declarations import Declaration, Phase, Revision
from server.domain.people.persons import Person
from server.domain.people.roles import WRITERS
from server.domain.permissions import can_freeze, can_reopen
from server.domain.sign_offs.statements import SignOff
from server.domain.text.branches.branches import BranchState
from server.domain.text.content import Content
from server.domain.text.live_text import fix_content
from server.domain.text.suggestions.put_off import without
from server.domain.text.what_changed import NOTHING_SAID, WhatChanged
from server.mail.notices.sign_offs import PleaseSign
from server.mail.notices.text import Reopened, TextFixed
from server.storage.declarations import declarations
from server.storage.notices import recipients
from server.storage.people import sign_links
from server.storage.sign_offs import sign_offs
from server.storage.sign_offs.open_answers import list_open
from server.storage.text import branches, revisions


async def freeze_text(
    services: Services, *, actor: Person, slug: str, proven_at: datetime, changed: WhatChanged = NOTHING_SAID
) -> Revision:
    """Fixes what is in the log, the one truth, and opens the Mitzeichnung.

    The declaration's row is locked first and writers look at its phase in their own transaction: no
    update can slip in between. A text that equals the last revision keeps its number and sign-offs.
    `changed`: what those who are asked again are told.
    Needs a fresh proof (`proven_at`).
    """
    async with services.deciding_act(
        actor=actor, slug=slug, may=can_freeze, proven_at=proven_at, lock=True
    ) as act:
        declaration = act.access.declaration
        content = await _read_content(act.db, declaration)
        await declarations.move_to(act.db, declaration, Phase.SIGNING)
        revision = await _fix(act, content, changed)
        act.record(Tag.TEXT_FREEZE, {"revision": revision.number, "sha256": revision.digest})
        await _ask_signatories(act, revision)
        await _tell_writers(act, revision)
        act.rooms_changed()
    return revision


async def reopen_text(services: Services, *, actor: Person, slug: str) -> None:
    """Back to drafting. Earlier sign-offs stay on record and count for their digest only."""
    async with services.act(actor=actor, slug=slug, may=can_reopen, lock=True) as act:
        await declarations.move_to(act.db, act.access.declaration, Phase.DRAFTING)
        act.record(Tag.TEXT_REOPEN)
        await _tell_signed(act)
        act.rooms_changed()


async def _read_content(db: AsyncSession, declaration: Declaration) -> Content:
    blocks = await load_whole_text(db, declaration.text_id)
    put_off = await branches.load_put_off(db, declaration.id)
    content = fix_content(without(blocks, put_off))
    await asyncio.to_thread(ensure_printable, content)
    return content


async def _fix(act: DeclarationAct, content: Content, changed: WhatChanged) -> Revision:
    declaration, actor = act.access.declaration, act.access.person
    last = await revisions.find_current(act.db, declaration.text_id)
    if last is not None and last.digest == content.digest:
        return last
    return await revisions.append_revision(act.db, declaration.text_id, content, actor, act.now, changed)


async def _ask_signatories(act: DeclarationAct, revision: Revision) -> None:
    """One mail to everyone who may sign and whose municipality has not signed this very text."""
    declaration = act.access.declaration
    given = await sign_offs.list_sign_offs(act.db, declaration.id)
    await sign_links.end_sign_links(act.db, declaration.text_id, act.now)
    for mandate, person in await list_open(act.db, declaration.id, revision.digest, act.now):
        notice = PleaseSign(
            name=person.name,
            municipality=mandate.municipality.name,
            declaration=declaration.title,
            revision=revision.number,
            again=_has_signed(given, person),
            link=await make_sign_link(act, revision, mandate, person),
            deadline=declaration.deadline.isoformat() if declaration.deadline else "",
            contact=declaration.contact,
            nature=revision.changed.nature or "",
            change=revision.changed.words,
            link_ends=end_of_link(declaration.deadline, act.now).isoformat(),
        )
        await act.notify(person, notice)


def _has_signed(given: list[SignOff], person: Person) -> bool:
    return any(sign_off.person_id == person.id for sign_off in given)


async def _tell_writers(act: DeclarationAct, revision: Revision) -> None:
    """Those who wrote the text, but for the one who fixed it."""
    declaration, link = act.access.declaration, act.address(f"revisions/{revision.number}")
    known = await branches.load_branches(act.db, declaration.id)
    preparing = {each.person_id for each in known if each.state is BranchState.PRIVATE}
    for person in await recipients.list_in_roles(act.db, declaration.id, WRITERS):
        if person.id != act.access.person.id:
            draft = person.id in preparing
            await act.notify(person, TextFixed(person.name, declaration.title, revision.number, link, draft))


async def _tell_signed(act: DeclarationAct) -> None:
    """Those whose sign-off counted until now."""
    declaration = act.access.declaration
    revision = await revisions.find_current(act.db, declaration.text_id)
    if revision is None:
        return
    given = await sign_offs.list_sign_offs(act.db, declaration.id)
    signed = {one.person_id for one in given if one.statement.revision_digest == revision.digest}
    for person in await recipients.list_by_ids(act.db, signed):
        await act.notify(person, Reopened(person.name, declaration.title, revision.number, act.address()))
