"""Threads as people see them. Three questions for however many, and never more than was asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from server.domain.errors import NotFound
from server.domain.text.comments.threads import Channel, Comment, Mentions, Thread
from server.storage.engine.types import Reader
from server.storage.tables.comments import CommentRow, MentionRow, ThreadRow
from server.storage.tables.people import MunicipalityRow, PersonRow

_OWN, _SAID = aliased(MunicipalityRow), aliased(MunicipalityRow)

_THREADS: Final = (
    select(
        ThreadRow.id,
        ThreadRow.key,
        ThreadRow.quote,
        ThreadRow.suggestion,
        ThreadRow.opened_at,
        ThreadRow.resolved_at,
        func.coalesce(PersonRow.name, "").label("resolved_by"),
        ThreadRow.stamp,
    )
    .outerjoin(PersonRow, PersonRow.id == ThreadRow.resolved_by)
    .where(ThreadRow.text_id == bindparam("text"))
)
_CHANGED: Final = (
    _THREADS.where(ThreadRow.stamp > bindparam("after")).order_by(ThreadRow.stamp).limit(bindparam("most"))
)
_OPEN: Final = (
    _THREADS.where(ThreadRow.stamp > bindparam("after"), ThreadRow.resolved_at.is_(None))
    .order_by(ThreadRow.stamp)
    .limit(bindparam("most"))
)
_RESOLVED: Final = (
    _THREADS.where(ThreadRow.stamp < bindparam("before"), ThreadRow.resolved_at.is_not(None))
    .order_by(ThreadRow.stamp.desc())
    .limit(bindparam("most"))
)
_ONE: Final = _THREADS.where(ThreadRow.key == bindparam("key"))
_NEWEST: Final = select(func.coalesce(func.max(ThreadRow.stamp), 0)).where(
    ThreadRow.text_id == bindparam("text")
)
_COMMENTS: Final = (
    select(
        CommentRow.id,
        CommentRow.thread_id,
        CommentRow.person_id,
        PersonRow.name,
        func.coalesce(_OWN.name, "").label("municipality"),
        func.coalesce(_SAID.name, "").label("recorded_for"),
        CommentRow.channel,
        CommentRow.guest,
        CommentRow.from_file,
        CommentRow.body,
        CommentRow.written_at,
        CommentRow.changed_at,
        CommentRow.removed_at,
    )
    .join(PersonRow, PersonRow.id == CommentRow.person_id)
    .outerjoin(_OWN, _OWN.ags == CommentRow.ags)
    .outerjoin(_SAID, _SAID.ags == CommentRow.for_ags)
    .where(CommentRow.thread_id.in_(bindparam("threads", expanding=True)))
    .order_by(CommentRow.id)
)
_MENTIONS: Final = (
    select(
        MentionRow.comment_id,
        MentionRow.person_id,
        MentionRow.ags,
        func.coalesce(PersonRow.name, MunicipalityRow.name).label("name"),
    )
    .join(CommentRow, CommentRow.id == MentionRow.comment_id)
    .outerjoin(PersonRow, PersonRow.id == MentionRow.person_id)
    .outerjoin(MunicipalityRow, MunicipalityRow.ags == MentionRow.ags)
    .where(CommentRow.thread_id.in_(bindparam("threads", expanding=True)))
    .order_by(MentionRow.id)
)


def read_newest_stamp(db: Reader, text_id: int) -> int:
    """0 before the first comment."""
    return int(db.execute(_NEWEST, {"text": text_id}).scalar_one())


def read_changed(db: Reader, text_id: int, after: int, most: int) -> list[Thread]:
    """What has changed since the stamp, the oldest change first."""
    return _read(db, _CHANGED, {"text": text_id, "after": after, "most": most})


def read_open(db: Reader, text_id: int, after: int, most: int) -> list[Thread]:
    """Those that nobody has resolved, from behind the stamp on."""
    return _read(db, _OPEN, {"text": text_id, "after": after, "most": most})


def read_resolved(db: Reader, text_id: int, before: int, most: int) -> list[Thread]:
    """The newest first, from before the stamp on."""
    return _read(db, _RESOLVED, {"text": text_id, "before": before, "most": most})


def read_thread(db: Reader, text_id: int, key: str) -> Thread:
    """Raises NotFound."""
    found = _read(db, _ONE, {"text": text_id, "key": key})
    if not found:
        raise NotFound(what="thread")
    return found[0]


def _read(db: Reader, query: Select[*tuple[Any, ...]], asked: dict[str, object]) -> list[Thread]:
    rows = db.execute(query, asked).all()
    comments = _read_comments(db, [row.id for row in rows])
    return [
        Thread(
            row.id,
            row.key,
            row.quote,
            row.suggestion,
            row.opened_at,
            row.resolved_at,
            row.resolved_by,
            row.stamp,
            comments.get(row.id, ()),
        )
        for row in rows
    ]


def _read_comments(db: Reader, threads: Collection[int]) -> dict[int, list[Comment]]:
    """By thread."""
    if not threads:
        return {}
    calls: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for mention in db.execute(_MENTIONS, {"threads": list(threads)}):
        calls.setdefault(mention.comment_id, []).append(mention)
    found: dict[int, list[Comment]] = {}
    for row in db.execute(_COMMENTS, {"threads": list(threads)}):
        found.setdefault(row.thread_id, []).append(_to_comment(row, calls.get(row.id, ())))
    return found


def _to_comment(row: Row[*tuple[Any, ...]], calls: Sequence[Row[*tuple[Any, ...]]]) -> Comment:
    return Comment(
        row.id,
        row.person_id,
        row.name,
        row.municipality,
        row.recorded_for,
        Channel(row.channel) if row.channel else None,
        row.guest,
        row.body,
        row.written_at,
        row.changed_at,
        row.removed_at is not None,
        [call.name for call in calls],
        Mentions(
            frozenset(call.person_id for call in calls if call.person_id),
            frozenset(call.ags for call in calls if call.ags),
        ),
        row.from_file,
    )
