"""Threads as the client gets them: JSON, as one person sees it."""

from __future__ import annotations

from server.domain.people.persons import Person
from server.domain.permissions import Access
from server.domain.sign_offs.statements import timestamp
from server.domain.text.comments.threads import Comment, Mentions, Thread

Json = dict[str, object]


def show_thread(thread: Thread, access: Access) -> Json:
    """`mine`: the person takes part in it, or is called, or their municipality is."""
    comments = [show_comment(comment, access.person) for comment in thread.comments]
    return {
        "key": thread.key,
        "quote": thread.quote,
        "suggestion": thread.suggestion,
        "opened": timestamp(thread.opened_at),
        "resolved": timestamp(thread.resolved_at) if thread.resolved_at else None,
        "resolvedBy": thread.resolved_by,
        "stamp": thread.stamp,
        "mine": any(_concerns(comment, access) for comment in thread.comments),
        "comments": comments,
    }


def _concerns(comment: Comment, access: Access) -> bool:
    town = access.municipality
    return (
        comment.person_id == access.person.id
        or access.person.id in comment.mentions.persons
        or (town is not None and town.ags in comment.mentions.municipalities)
    )


def show_comment(comment: Comment, person: Person) -> Json:
    return {
        "id": comment.id,
        "name": comment.name,
        "municipality": comment.municipality,
        "recordedFor": comment.recorded_for,
        "fromFile": comment.from_file,
        "channel": comment.channel.value if comment.channel else "",
        "guest": comment.guest,
        "body": comment.body,
        "written": timestamp(comment.written_at),
        "changed": timestamp(comment.changed_at) if comment.changed_at else None,
        "removed": comment.is_removed,
        "own": comment.person_id == person.id and comment.from_file is None,
        "mentioned": list(comment.mentioned),
        "mentions": _show_mentions(comment.mentions),
    }


def _show_mentions(mentions: Mentions) -> Json:
    return {"persons": sorted(mentions.persons), "municipalities": sorted(mentions.municipalities)}
