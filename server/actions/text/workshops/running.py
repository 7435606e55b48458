"""The coordination makes links for a workshop, ends them, and decides about what was said."""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.actions.text.comments.writing import Words, begin_thread
from server.actions.text.restoring import member_of
from server.domain.audit import Tag
from server.domain.errors import InvalidInput, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import can_run_workshop
from server.domain.text.checkpoints import settled
from server.domain.text.workshops.errors import NoteSettled, PassageChanged, TooManyWorkshops
from server.domain.text.workshops.notes import (
    MAX_WORKSHOPS,
    Note,
    NoteKind,
    NoteState,
    Workshop,
    headings,
)
from server.storage.text import update_log
from server.storage.text.workshops import notes
from server.sync.passages import comment_update, rewording_update
from server.sync.projection import read_text
from server.sync.wire.notices import Topic


async def open_workshop(
    services: Services, *, actor: Person, slug: str, title: str, section: str, hours: int
) -> str:
    """Returns the token, which is kept nowhere else. `section`: words of a heading of the text, empty for all
    of it. Raises TooManyWorkshops, InvalidInput."""
    token = secrets.token_urlsafe(24)
    async with services.act(actor=actor, slug=slug, may=can_run_workshop, lock=True) as act:
        declaration = act.access.declaration
        known = await act.db.run_sync(notes.read_workshops, declaration.id)
        if sum(each.is_open(act.now) for each in known) >= MAX_WORKSHOPS:
            raise TooManyWorkshops(most=MAX_WORKSHOPS)
        updates = await update_log.load_updates(act.db, declaration.text_id)
        blocks = settled(await asyncio.to_thread(read_text, updates))
        if section and section not in headings(blocks):
            raise InvalidInput(field="section")
        workshop = Workshop(0, declaration.id, title, section, act.now + timedelta(hours=hours), None)
        number = await notes.append_workshop(act.db, workshop, actor.id, token, act.now)
        act.record(Tag.WORKSHOP_OPEN, {"workshop": number})
    return token


async def close_workshop(services: Services, *, actor: Person, slug: str, workshop_id: int) -> None:
    """At once: the link works no more. Raises NotFound."""
    async with services.act(actor=actor, slug=slug, may=can_run_workshop, lock=True) as act:
        if not await notes.end_workshop(act.db, act.access.declaration.id, workshop_id, act.now):
            raise NotFound(what="workshop")
        act.record(Tag.WORKSHOP_CLOSE, {"workshop": workshop_id})


async def take_note(services: Services, *, actor: Person, slug: str, note_id: int) -> None:
    """A suggestion stands in the text in the actor's name, with a comment that says whose words it is; a
    comment becomes one. Raises NotFound, NoteSettled, PassageChanged, TooLongForText, and what `Rooms.write`
    raises."""
    async with services.act(actor=actor, slug=slug, may=can_run_workshop, lock=True) as act:
        declaration, member = act.access.declaration, member_of(act.access)
        note = await _waiting(act, note_id)
        updates = await update_log.load_updates(act.db, declaration.text_id)
        key = secrets.token_urlsafe(12)
        is_suggestion = note.kind is NoteKind.SUGGESTION
        change = await asyncio.to_thread(
            lambda: (
                rewording_update(updates, member, note.passage, note.words, act.now, key)
                if is_suggestion
                else comment_update(updates, note.passage, key)
            )
        )
        if change is None:
            raise PassageChanged()
        await services.rooms.ensure_fits(declaration.text_id, change, member, declaration_id=declaration.id)
        words = Words(note.words, guest=note.guest)
        await begin_thread(act, words, note.passage, key, suggestion=key if is_suggestion else "")
        await notes.settle_note(act.db, note_id, NoteState.TAKEN, actor.id, act.now)
        act.record(Tag.NOTE_TAKE, {"note": note_id, "thread": key})
    await services.rooms.write(declaration.text_id, change, member, declaration_id=declaration.id)
    services.rooms.notify(declaration.id, Topic.COMMENTS, key)


async def reject_note(services: Services, *, actor: Person, slug: str, note_id: int) -> None:
    """Raises NotFound, NoteSettled."""
    async with services.act(actor=actor, slug=slug, may=can_run_workshop, lock=True) as act:
        await _waiting(act, note_id)
        await notes.settle_note(act.db, note_id, NoteState.REJECTED, actor.id, act.now)
        act.record(Tag.NOTE_REJECT, {"note": note_id})


async def _waiting(act: DeclarationAct, note_id: int) -> Note:
    note = await act.db.run_sync(notes.read_note, act.access.declaration.id, note_id)
    if note.state is not NoteState.WAITING:
        raise NoteSettled()
    return note
