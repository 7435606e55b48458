"""Three declarations with something of every kind in them, made once and copied for each phase."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from server.actions.declarations.start import Start, start_declaration
from server.actions.declarations.wall import open_wall
from server.actions.people import participants
from server.actions.people.invitations import drafts
from server.actions.release import sealing
from server.actions.sign_offs import by_code
from server.actions.sign_offs.request import Reply, SignOffRequest
from server.actions.text import checkpoints, freezing
from server.actions.text.branches.preparing import begin_branch
from server.actions.text.comments.writing import Words, open_thread
from server.actions.text.translating import begin_translation, fix_translation
from server.actions.text.workshops.running import open_workshop
from server.actions.text.workshops.saying import say
from server.domain.people.invitations.columns import Column
from server.domain.sign_offs.answers import Answer
from server.domain.text.workshops.notes import NoteKind
from server.storage.declarations import declarations, seeding
from server.storage.declarations.walls import read_links
from server.storage.engine.database import Database
from server.storage.people import municipalities, sessions
from server.storage.sign_offs import sign_offs
from server.storage.tables.comments import CommentRow, ThreadRow
from server.storage.tables.declarations import DeclarationRow
from server.storage.tables.invitations import InvitationRow
from server.storage.tables.notices import MailRow
from server.storage.tables.people import MandateRow, PersonRow
from server.storage.tables.text import BranchRow, CheckpointRow
from server.storage.tables.translations import TranslationRow
from server.storage.tables.workshops import WorkshopNoteRow, WorkshopRow
from server.storage.text import revisions
from tests.web.rights.later import add_later_things
from tests.web.rights.people import ELSEWHERE, HERE, INVITEES, OTHERS, TWIN
from tests.world import BLOCKS, WORDING, World

TABLE = "Name;E-Mail;Rolle\nQuendel;quendel@example.org;observer\n"
SLUGS = (HERE, TWIN, ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Things:
    """What a declaration has that a request can name. `remark`: thread and comment of a translation,
    `kept_translation`: a kept state of it.
    `mandates` and `codes` by the person's name; a code with its challenge. Those from `webhook` on are made
    in `later.py`."""

    slug: str
    digest: str
    mandates: Mapping[str, int]
    sign_offs: Mapping[str, int]
    codes: Mapping[str, tuple[str, str]]
    person: int
    coordinator: int
    invitation: int
    checkpoint: int
    kept_translation: int
    mail: int
    wall: int
    thread: str
    comment: int
    remark: tuple[str, int]
    workshop: int
    note: int
    branch: int
    webhook: int
    delivery: int
    preview: int
    accession: int
    record: int
    proposal: int
    draft: int
    stamp: str
    at: datetime
    """When the codes were sent."""


class Rehearsal(Database):
    """Everything is done but nothing stays: each request finds the world as the first one did."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._sessions() as session:
            await (await session.connection()).exec_driver_sql("BEGIN IMMEDIATE")
            yield session
            await session.flush()
            await session.rollback()


class Stage:
    """The declarations in one phase."""

    def __init__(self, folder: Path, things: Mapping[str, Things], phase: str) -> None:
        self.world, self.things = World(folder), things
        self.world.time = things[HERE].at
        self.world.run(self._move(phase))
        rehearsal = Rehearsal(self.world.services.database.engine)
        self.world.services = replace(self.world.services, database=rehearsal)

    async def _move(self, phase: str) -> None:
        async with self.world.services.database.write() as db:
            deadline = self.world.time + timedelta(days=30)
            await db.execute(
                update(DeclarationRow).values(phase=phase, deadline=deadline, offices_invite=True)
            )
            await db.execute(update(MailRow).values(sent_at=self.world.time))


def build(folder: Path) -> dict[str, Things]:
    """Fixed, with answers and codes that wait: as it is before the seal."""
    world = World(folder)
    world.run(_begin(world))
    for slug in SLUGS:
        _fix(world, slug)
    for name in ("doris", "gustav"):
        world.authenticator(name)
    things = {slug: _things(world, slug) for slug in SLUGS}
    world.close()
    return things


def seal(folder: Path) -> None:
    world = World(folder)
    for slug in SLUGS:
        lead = "iris" if slug == ELSEWHERE else "clara"
        world.run(
            sealing.seal_declaration(
                world.services, actor=world.person(lead), slug=slug, proven_at=world.time
            )
        )
    world.close()


def copied(template: Path, folder: Path) -> Path:
    shutil.copytree(template, folder, dirs_exist_ok=True)
    return folder


async def _begin(world: World) -> None:
    services = world.services
    for slug, people in ((TWIN, INVITEES), (ELSEWHERE, OTHERS)):
        start = Start(slug, "Erklärung", "Städte und Gemeinden", None, None, BLOCKS, people)
        await start_declaration(services, start=start)
    async with services.database.write() as db:
        there = {invitee.email for invitee in INVITEES} & {
            f"{name}@example.org" for name in ("clara", "anna", "doris", "gustav", "emil")
        }
        for invitee in INVITEES:  # the world's own declaration has the first five
            if invitee.email not in there:
                await _take_in(db, world, invitee.email.partition("@")[0], invitee)
        await seeding.add_person(
            db, email="frank@example.org", name="Frank", handle=b"f" * 32, now=world.time
        )
        hugo = select(PersonRow.id).where(PersonRow.email == "hugo@example.org").scalar_subquery()
        await db.execute(update(MandateRow).where(MandateRow.person_id == hugo).values(until=world.time))
        creators = ("clara@example.org", "iris@example.org")
        await db.execute(update(PersonRow).where(PersonRow.email.in_(creators)).values(may_create=True))


async def _take_in(db: AsyncSession, world: World, name: str, invitee: Any) -> None:
    person = (await db.scalars(select(PersonRow.id).where(PersonRow.email == invitee.email))).one()
    drafts_for = invitee.ags if invitee.role.facts.drafts_for_municipality else None
    await seeding.add_participant(db, declaration_id=1, person_id=person, role=invitee.role, ags=drafts_for)
    if invitee.role.facts.binds_municipality:
        await seeding.add_mandate(
            db,
            declaration_id=1,
            person_id=person,
            ags=invitee.ags,
            kind=invitee.capacity,
            title=invitee.title,
            since=world.time,
        )


def _names(slug: str) -> tuple[str, ...]:
    return ("jonas",) if slug == ELSEWHERE else ("doris", "gustav")


def _fix(world: World, slug: str) -> None:
    """Invited, brought, kept, fixed; all who sign have answered, and changed their minds half-way."""
    services, lead = world.services, world.person("iris" if slug == ELSEWHERE else "clara")
    cells = {Column.NAME: "Gast", Column.EMAIL: f"gast-{slug}@example.org", Column.ROLE: "observer"}
    world.run(participants.invite_one(services, actor=lead, slug=slug, cells=cells))
    world.run(drafts.bring_table(services, actor=lead, slug=slug, data=TABLE.encode()))
    world.run(checkpoints.keep_hourly(services))
    token = world.run(open_workshop(services, actor=lead, slug=slug, title="Halle", section="", hours=72))
    world.run(
        say(
            services,
            token=token,
            guest="Maria",
            kind=NoteKind.COMMENT,
            passage="Steht nicht mehr da.",
            words="Wer?",
        )
    )
    world.run(begin_branch(services, actor=lead, slug=slug, name="Entwurf", office=False))
    world.run(open_thread(services, actor=lead, slug=slug, words=Words("Gut?"), quote="Wir"))
    world.run(freezing.freeze_text(services, actor=lead, slug=slug, proven_at=world.time))
    world.run(open_wall(services, actor=lead, slug=slug))
    world.run(begin_translation(services, actor=lead, slug=slug, tag="fr"))
    world.run(checkpoints.keep_hourly(services))
    world.run(open_thread(services, actor=lead, slug=slug, words=Words("Bien?"), quote="Nous", language="fr"))
    world.run(fix_translation(services, actor=lead, slug=slug, tag="fr", number=1, proven_at=world.time))
    for name in _names(slug):
        challenge, code = _code(world, slug, name)
        world.run(
            by_code.confirm_code(
                services, actor=world.person(name), slug=slug, challenge_id=challenge, code=code
            )
        )
    world.wait(hours=1)


def _mandates(world: World, slug: str) -> dict[str, int]:
    declaration = world.read(declarations.load_declaration, slug)
    invited = world.read(municipalities.list_invited, declaration.id, world.time)
    return {person.name.lower(): mandate.id for mandate, person in invited}


def _newest(world: World, slug: str) -> dict[str, int]:
    declaration = world.read(declarations.load_declaration, slug)
    given = world.read(sign_offs.list_sign_offs, declaration.id)
    return {s.statement.signatory.lower(): s.id for s in given}


def _code(world: World, slug: str, name: str) -> tuple[str, str]:
    declaration = world.read(declarations.load_declaration, slug)
    digest = world.read(revisions.find_current, declaration.text_id).digest
    mandate, newest = _mandates(world, slug)[name], _newest(world, slug).get(name)
    reply = Reply(Answer.SIGNS_WITH_STATEMENT, "Mit Bedenken.") if newest else Reply(Answer.SIGNS)
    challenge = world.run(
        by_code.send_code(
            world.services,
            actor=world.person(name),
            slug=slug,
            request=SignOffRequest(digest, mandate, WORDING, reply, newest),
        )
    )
    found = re.search(r"\d{4} \d{4}", world.letters[-1].subject)
    assert found is not None
    return challenge, found[0]


def _things(world: World, slug: str) -> Things:
    declaration = world.read(declarations.load_declaration, slug)
    lead = world.person("iris" if slug == ELSEWHERE else "clara")
    preview = world.run(drafts.look_through(world.services, actor=lead, slug=slug))
    assert preview is not None

    async def ask(statement: Any) -> Any:
        async with world.services.database.read() as db:
            return await db.scalar(statement)

    guest = select(PersonRow.id).where(PersonRow.email == f"gast-{slug}@example.org")
    invitation = select(InvitationRow.id).where(InvitationRow.declaration_id == declaration.id)
    checkpoint = select(CheckpointRow.id).where(CheckpointRow.text_id == declaration.text_id)
    kept_translation = (
        select(CheckpointRow.id)
        .join(TranslationRow, TranslationRow.text_id == CheckpointRow.text_id)
        .where(TranslationRow.declaration_id == declaration.id)
    )
    note = (
        select(WorkshopNoteRow.id)
        .join(WorkshopRow, WorkshopRow.id == WorkshopNoteRow.workshop_id)
        .where(WorkshopRow.declaration_id == declaration.id)
    )
    remark = (
        select(ThreadRow.key, CommentRow.id)
        .join(CommentRow, CommentRow.thread_id == ThreadRow.id)
        .join(TranslationRow, TranslationRow.text_id == ThreadRow.text_id)
        .where(TranslationRow.declaration_id == declaration.id)
    )

    async def ask_two(statement: Any) -> tuple[str, int]:
        async with world.services.database.read() as db:
            thread, number = (await db.execute(statement)).one()
            return str(thread), int(number)

    comment = (
        select(CommentRow.id)
        .join(ThreadRow, ThreadRow.id == CommentRow.thread_id)
        .where(ThreadRow.text_id == declaration.text_id)
    )
    mail = select(MailRow.id).where(MailRow.declaration_id == declaration.id)
    mandates = _mandates(world, slug)
    revision = world.read(revisions.find_current, declaration.text_id)
    later = world.run(add_later_things(world.services, declaration, lead.id, revision.id, mandates))
    return Things(
        slug=slug,
        digest=revision.digest,
        mandates=mandates,
        sign_offs=_newest(world, slug),
        codes={name: _code(world, slug, name) for name in _names(slug)},
        person=world.run(ask(guest)),
        coordinator=lead.id,
        invitation=world.run(ask(invitation)),
        checkpoint=world.run(ask(checkpoint)),
        kept_translation=world.run(ask(kept_translation)),
        mail=world.run(ask(mail)),
        thread=world.run(ask(select(ThreadRow.key).where(ThreadRow.text_id == declaration.text_id))),
        comment=world.run(ask(comment)),
        remark=world.run(ask_two(remark)),
        workshop=world.run(ask(select(WorkshopRow.id).where(WorkshopRow.declaration_id == declaration.id))),
        note=world.run(ask(note)),
        branch=world.run(ask(select(BranchRow.id).where(BranchRow.declaration_id == declaration.id))),
        wall=world.ask(read_links, declaration.id)[0].id,
        **later,
        stamp=preview.stamp,
        at=world.time,
    )


def sign_in(stage: Stage, names: tuple[str, ...]) -> None:
    """Each by the token that is their name."""

    async def work() -> None:
        database, now = stage.world.services.database, stage.world.time
        async with Database.write(database) as db:
            for name in names:
                person = (
                    await db.scalars(select(PersonRow.id).where(PersonRow.email == f"{name}@example.org"))
                ).one()
                await sessions.append_session(db, name, person, now, now + timedelta(days=1))

    stage.world.run(work())
