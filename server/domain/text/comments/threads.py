"""What people say of a passage: a thread of comments beside the text. Nothing of it is signed.

The passage is where the live text carries the mark `comment:KEY`. The thread keeps the words that it began
with: they stay when the passage goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from server.domain.sentences import N_
from server.domain.text.comments.errors import TooManyComments, TooManyThreads

MAX_BODY: Final = 4_000
"""Characters of one comment."""
MAX_QUOTE: Final = 400
"""Characters that are kept of a passage."""
MAX_MENTIONS: Final = 20
MAX_COMMENTS: Final = 300
"""In one thread."""
MAX_THREADS: Final = 5_000
"""At one text."""


class Channel(StrEnum):
    """How somebody said it who did not write it here."""

    TELEPHONE = "telephone"
    MEETING = "meeting"
    MAIL = "mail"
    LETTER = "letter"

    @property
    def label(self) -> str:
        return CHANNELS[self]


CHANNELS: Final[Mapping[Channel, str]] = {
    Channel.TELEPHONE: N_("by telephone"),
    Channel.MEETING: N_("in a meeting"),
    Channel.MAIL: N_("by e-mail"),
    Channel.LETTER: N_("by letter"),
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A comment that its author wrote down for a municipality. `ags`: its official key."""

    ags: str
    channel: Channel


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words a comment holds, if not its author's: see `Comment`."""

    recorded: Recorded | None = None
    from_file: str | None = None
    guest: str = ""


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a comment calls: persons by number, municipalities by official key."""

    persons: frozenset[int] = frozenset()
    municipalities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Comment:
    """`municipality`: whom the author drafts for, empty for the coordination. `recorded_for`: the name of the
    municipality that said it; then `channel` says how. `guest`: the unverified name of a
    participant of a workshop whose words they are. `mentioned`: the names that it calls."""

    id: int
    person_id: int
    name: str
    municipality: str
    recorded_for: str
    channel: Channel | None
    guest: str
    body: str
    written_at: datetime
    changed_at: datetime | None
    is_removed: bool
    mentioned: Sequence[str]
    mentions: Mentions
    from_file: str | None = None
    """Who said it according to the file that the person brought, empty for nobody; None: no file."""


@dataclass(frozen=True, slots=True)
class Thread:
    """`stamp` grows with every change of any thread of the text, so that a client asks for what it has
    missed. `suggestion`: the id of the proposal that it is about, empty for a passage."""

    id: int
    key: str
    quote: str
    suggestion: str
    opened_at: datetime
    resolved_at: datetime | None
    resolved_by: str
    stamp: int
    comments: Sequence[Comment]


def ensure_room_for_thread(count: int) -> None:
    """Raises TooManyThreads."""
    if count >= MAX_THREADS:
        raise TooManyThreads(most=MAX_THREADS)


def ensure_room_for_comment(count: int) -> None:
    """Raises TooManyComments."""
    if count >= MAX_COMMENTS:
        raise TooManyComments(most=MAX_COMMENTS)


def cut_quote(words: str) -> str:
    """As much of a passage as is kept, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= MAX_QUOTE else f"{line[: MAX_QUOTE - 1].rstrip()}…"
