"""The comments of a file become threads, under the names that the file gives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from server.actions.act import DeclarationAct
from server.domain.text.comments.errors import TooManyThreads
from server.domain.text.comments.threads import MAX_COMMENTS, MAX_THREADS, Speaker, Thread, cut_quote
from server.domain.text.files.manuscript import Manuscript, Remark, Reply
from server.domain.text.files.remarks import find_new, quote_of, remarks_of, without_marks
from server.storage.engine.types import Reader
from server.storage.text.comments import reading, writing


def read_threads(db: Reader, text_id: int) -> list[Thread]:
    """All of a text, resolved ones too."""
    return reading.read_changed(db, text_id, 0, MAX_THREADS)


async def bring_comments(act: DeclarationAct, manuscript: Manuscript) -> tuple[Manuscript, int]:
    """Stores what is new, in the middle of an act. Returns the manuscript without the marks of threads that
    are there already, and how many comments came. Raises TooManyThreads."""
    text_id = act.access.declaration.text_id
    threads = await act.db.run_sync(lambda session: read_threads(session.connection(), text_id))
    new = find_new(manuscript.remarks, remarks_of(threads, ""))
    ensure_room(len(threads) + len(new.opened))
    for remark in new.opened:
        await _open(act, text_id, remark, quote_of(manuscript.blocks, remark.mark))
    by_key = {thread.key: thread for thread in threads}
    for key, replies in new.answers.items():
        thread = by_key[key]
        for reply in replies[: MAX_COMMENTS - len(thread.comments)]:
            await _say(act, thread.id, reply)
        await writing.stamp_thread(act.db, text_id, thread.id)
    count = sum(1 + len(remark.replies) for remark in new.opened) + sum(map(len, new.answers.values()))
    return without_marks(manuscript, new.known), count


def ensure_room(count: int) -> None:
    """Raises TooManyThreads."""
    if count > MAX_THREADS:
        raise TooManyThreads(most=MAX_THREADS)


async def _open(act: DeclarationAct, text_id: int, remark: Remark, quote: str) -> None:
    thread = await writing.append_thread(act.db, text_id, remark.mark, cut_quote(quote), "", act.now)
    for reply in _said(remark):
        await _say(act, thread, reply)
    if remark.resolved:
        await writing.settle_thread(act.db, thread, act.access.person.id, act.now)


def _said(remark: Remark) -> Sequence[Reply]:
    return [Reply(remark.author, remark.at, remark.words), *remark.replies][:MAX_COMMENTS]


async def _say(act: DeclarationAct, thread: int, reply: Reply) -> None:
    """Without a time in the file it is said when it is brought."""
    town = act.access.municipality
    await writing.append_comment(
        act.db,
        thread,
        person_id=act.access.person.id,
        ags=town.ags if town else None,
        speaker=Speaker(from_file=reply.author),
        body=reply.words,
        now=datetime.fromtimestamp(reply.at, UTC) if reply.at else act.now,
    )
