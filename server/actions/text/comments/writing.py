"""Opening a thread, answering, changing and removing one's own comment: in the original, or in a translation
whose `language` is named."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from server.actions.act import DeclarationAct
from server.actions.services import Services
from server.actions.text.comments.calling import Passage, call_mentioned, ensure_may_be_named
from server.domain.audit import Tag
from server.domain.errors import NotAllowed, NotFound
from server.domain.people.persons import Person
from server.domain.permissions import (
    Access,
    can_comment,
    can_follow_translations,
    can_keep_translations,
    can_open_thread,
    can_record_comments,
    can_remove_comments,
)
from server.domain.text.comments.errors import ThreadResolved
from server.domain.text.comments.threads import (
    Comment,
    Mentions,
    Recorded,
    Speaker,
    Thread,
    cut_quote,
    ensure_room_for_comment,
    ensure_room_for_thread,
)
from server.storage.text.comments import reading, writing
from server.storage.text.translations import read_text_id
from server.sync.wire.notices import Topic

Right = Callable[[Access], bool]


@dataclass(frozen=True, slots=True)
class Said:
    """The thread as it is after the act, and who looks at it."""

    thread: Thread
    access: Access


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody writes. `recorded`, `guest`: whose words they are, if not the author's own."""

    body: str
    mentions: Mentions = field(default_factory=Mentions)
    recorded: Recorded | None = None
    guest: str = ""


def may_talk(language: str, original: Right) -> Right:
    """What is asked for a text: whoever follows a translation talks about it, also when the original is
    closed."""
    return can_follow_translations if language else original


def may_remove(access: Access, language: str) -> bool:
    """What others wrote."""
    return can_keep_translations(access) if language else can_remove_comments(access)


async def open_thread(
    services: Services,
    *,
    actor: Person,
    slug: str,
    words: Words,
    quote: str,
    suggestion: str = "",
    language: str = "",
) -> Said:
    """The client then marks the passage with its key. Raises NotFound, NotAllowed, WrongPhase,
    TooManyThreads, InvalidInput."""
    async with services.act(
        actor=actor, slug=slug, may=may_talk(language, can_open_thread), lock=True
    ) as act:
        key = secrets.token_urlsafe(12)
        comment = await begin_thread(act, words, quote, key, suggestion, language)
        act.record(Tag.THREAD_OPEN, {"thread": key, "comment": comment})
        said = await _said(act, key, language)
    _tell(services, act, key)
    return said


async def begin_thread(
    act: DeclarationAct, words: Words, quote: str, key: str, suggestion: str = "", language: str = ""
) -> int:
    """Within an act that marks the passage. The id of its comment. Raises TooManyThreads, InvalidInput."""
    text_id, kept = await _text_id(act, language), cut_quote(quote)
    ensure_room_for_thread(await writing.count_threads(act.db, text_id))
    thread = await writing.append_thread(act.db, text_id, key, kept, suggestion, act.now)
    return await _write(act, thread, words, Passage(key, kept, language))


async def reply(
    services: Services, *, actor: Person, slug: str, key: str, words: Words, language: str = ""
) -> Said:
    """Raises NotFound, NotAllowed, WrongPhase, ThreadResolved, TooManyComments, InvalidInput."""
    async with services.act(actor=actor, slug=slug, may=may_talk(language, can_comment), lock=True) as act:
        thread = await load_thread(act, key, language)
        if thread.resolved_at is not None:
            raise ThreadResolved()
        ensure_room_for_comment(len(thread.comments))
        comment = await _write(act, thread.id, words, Passage(key, thread.quote, language))
        await _stamp(act, thread, language)
        act.record(Tag.COMMENT_WRITE, {"thread": key, "comment": comment})
        said = await _said(act, key, language)
    _tell(services, act, key)
    return said


async def change(
    services: Services,
    *,
    actor: Person,
    slug: str,
    key: str,
    comment_id: int,
    words: Words,
    language: str = "",
) -> Said:
    """By its author only; nobody changes what came with a file. Whoever is newly named is told. Raises as
    `reply`."""
    async with services.act(actor=actor, slug=slug, may=may_talk(language, can_comment), lock=True) as act:
        thread = await load_thread(act, key, language)
        comment = find_comment(thread, comment_id)
        if comment.person_id != actor.id or comment.from_file is not None:
            raise NotAllowed()
        await ensure_may_be_named(act, words.mentions)
        await writing.change_comment(act.db, comment_id, words.body, act.now)
        await writing.replace_mentions(act.db, comment_id, words.mentions)
        passage = Passage(key, thread.quote, language)
        await call_mentioned(act, passage, words.body, words.mentions, known=comment.mentions)
        await _stamp(act, thread, language)
        act.record(Tag.COMMENT_CHANGE, {"thread": key, "comment": comment_id})
        said = await _said(act, key, language)
    _tell(services, act, key)
    return said


async def remove(
    services: Services, *, actor: Person, slug: str, key: str, comment_id: int, language: str = ""
) -> Said:
    """By its author or the coordination. A thread in which nothing is left counts as resolved."""
    async with services.act(actor=actor, slug=slug, may=may_talk(language, can_comment), lock=True) as act:
        thread = await load_thread(act, key, language)
        comment = find_comment(thread, comment_id)
        if comment.person_id != actor.id and not may_remove(act.access, language):
            raise NotAllowed()
        await writing.remove_comment(act.db, comment_id, act.now)
        if all(each.is_removed or each.id == comment_id for each in thread.comments):
            await writing.settle_thread(act.db, thread.id, actor.id, act.now)
        await _stamp(act, thread, language)
        act.record(Tag.COMMENT_REMOVE, {"thread": key, "comment": comment_id})
        said = await _said(act, key, language)
    _tell(services, act, key)
    return said


async def resolve(services: Services, *, actor: Person, slug: str, key: str, language: str = "") -> Said:
    """Whoever may comment may resolve, and reopen. Twice is once."""
    return await _settle(services, actor, slug, key, language, resolved=True)


async def reopen(services: Services, *, actor: Person, slug: str, key: str, language: str = "") -> Said:
    return await _settle(services, actor, slug, key, language, resolved=False)


async def _settle(
    services: Services, actor: Person, slug: str, key: str, language: str, *, resolved: bool
) -> Said:
    async with services.act(actor=actor, slug=slug, may=may_talk(language, can_comment), lock=True) as act:
        thread = await load_thread(act, key, language)
        if (thread.resolved_at is not None) is resolved:
            act.record_nothing()
            return await _said(act, key, language)
        await writing.settle_thread(act.db, thread.id, actor.id if resolved else None, act.now)
        await _stamp(act, thread, language)
        act.record(Tag.THREAD_RESOLVE if resolved else Tag.THREAD_REOPEN, {"thread": key})
        said = await _said(act, key, language)
    _tell(services, act, key)
    return said


async def _said(act: DeclarationAct, key: str, language: str) -> Said:
    return Said(await load_thread(act, key, language), act.access)


async def load_thread(act: DeclarationAct, key: str, language: str) -> Thread:
    """Of the act's declaration. Raises NotFound."""
    return await act.db.run_sync(reading.read_thread, await _text_id(act, language), key)


def find_comment(thread: Thread, comment_id: int) -> Comment:
    """Raises NotFound, also for what was removed."""
    for comment in thread.comments:
        if comment.id == comment_id and not comment.is_removed:
            return comment
    raise NotFound(what="comment")


async def _write(act: DeclarationAct, thread_id: int, words: Words, passage: Passage) -> int:
    if words.recorded and not can_record_comments(act.access):
        raise NotAllowed()
    said = frozenset({words.recorded.ags}) if words.recorded else frozenset()
    await ensure_may_be_named(act, words.mentions, said)
    town = act.access.municipality
    comment = await writing.append_comment(
        act.db,
        thread_id,
        person_id=act.access.person.id,
        ags=town.ags if town else None,
        speaker=Speaker(words.recorded, guest=words.guest),
        body=words.body,
        now=act.now,
    )
    await writing.replace_mentions(act.db, comment, words.mentions)
    await call_mentioned(act, passage, words.body, words.mentions)
    return comment


async def _stamp(act: DeclarationAct, thread: Thread, language: str) -> None:
    await writing.stamp_thread(act.db, await _text_id(act, language), thread.id)


async def _text_id(act: DeclarationAct, language: str) -> int:
    """Raises NotFound."""
    return await act.db.run_sync(read_text_id, act.access.declaration, language)


def _tell(services: Services, act: DeclarationAct, key: str) -> None:
    """After the commit."""
    services.rooms.notify(act.access.declaration.id, Topic.COMMENTS, key)
