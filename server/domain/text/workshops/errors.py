"""What stands against a note: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from server.domain.errors import NotFound, Refused
from server.domain.sentences import N_


class WorkshopGone(NotFound):
    """Unknown, over, or switched off: a guest is told no more."""

    code = "workshop_gone"
    heading = N_("This workshop is over")
    sentence = N_("Nothing can be said here any more. Please speak to whoever gave you the link.")


class TooManyWorkshops(Refused):
    code = "too_many_workshops"
    heading = N_("There are enough workshops")
    sentence = N_("At most %(most)s workshops can be open at once. Please end one first.")


class TooManyNotes(Refused):
    code = "too_many_notes"
    heading = N_("There are too many notes")
    sentence = N_("This workshop has brought %(most)s notes; no more can be taken in. Please tell the host.")


class PassageChanged(Refused):
    """The paragraph that a note is about does not stand in the text any more."""

    code = "note_passage_changed"
    heading = N_("The paragraph has changed meanwhile")
    sentence = N_(
        "The paragraph does not stand in the text as it did when the note was written. Please look at it in "
        "the editor, and then reject the note or put its words in yourself."
    )


class NoteSettled(Refused):
    code = "note_settled"
    heading = N_("This note is settled")
    sentence = N_("Somebody of the coordination has taken this note over or rejected it meanwhile.")
