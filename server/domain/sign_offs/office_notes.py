"""What a mayor's own office leaves on the brief: what it recommends, and what it wants to know.

It is for those who sign for the municipality and their staff alone, and no part of what is signed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.domain.errors import Refused
from server.domain.sentences import N_

MAX_NOTE: Final = 1_500
"""Characters of the words, and of the questions."""


@dataclass(frozen=True, slots=True)
class OfficeNote:
    """The present one of a municipality. `number` counts its states from 1; `revision`: the number of the
    text that it was written about; either of `words` and `questions` may be empty."""

    number: int
    revision: int
    words: str
    questions: str
    author: str
    written_at: datetime

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.questions


class NoteChanged(Refused):
    """Somebody of the office has saved another one since the page was opened."""

    code = "note_changed"
    heading = N_("A colleague has changed the note meanwhile")
    sentence = N_(
        "What you see below is yours; it is not saved yet. Please look at what your colleague wrote, put "
        "both together and save again."
    )
