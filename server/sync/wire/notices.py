"""What a room tells its clients beside text and presence: that something of a topic has changed.

A notice carries no content. A client that shows the topic loads it again, with its own rights.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """`client/src/sync/notices.ts` holds the same; a test compares the two."""

    COMMENTS = "comments"
    """`id`: the thread's."""
    REVISIONS = "revisions"
    """`id`: the revision's number."""
    SECTIONS = "sections"
    """`id`: the section's key."""
    BATCHES = "batches"
    """`id`: the batch's."""


@dataclass(frozen=True, slots=True)
class RoomNotice:
    """`id`: what of the topic has changed; None: anything may have."""

    topic: Topic
    id: int | str | None = None
