"""What stands against a comment: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from server.domain.errors import Refused
from server.domain.sentences import N_


class TooManyThreads(Refused):
    code = "too_many_threads"
    heading = N_("There are too many comments")
    sentence = N_(
        "This text already has %(most)s comments. Please answer one that is there, or ask the coordination."
    )


class TooManyComments(Refused):
    code = "too_many_comments"
    heading = N_("This conversation is too long")
    sentence = N_("There are already %(most)s comments here. Please begin a new one at the passage.")


class ThreadResolved(Refused):
    """Somebody has resolved it meanwhile."""

    code = "thread_resolved"
    heading = N_("This comment is resolved")
    sentence = N_("This comment has been resolved meanwhile. Please reopen it first, then answer.")
