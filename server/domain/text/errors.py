"""What stands against a text: part of the error tree (`server/domain/errors.py`)."""

from __future__ import annotations

from server.domain.errors import Invalid, Refused
from server.domain.sentences import N_


class OpenSuggestions(Refused):
    """Suggestions must be accepted or rejected before a revision is fixed."""

    code = "open_suggestions"
    heading = N_("Open suggestions: %(count)s")
    sentence = N_(
        "There are still open suggestions in the text (%(count)s), the first in block %(block)s (%(words)s). "
        "Please accept or reject them, then fix the text."
    )


class UnknownMarkup(Refused):
    """The live text holds kinds or marks this version does not know."""

    code = "unknown_markup"
    heading = N_("The text holds unknown content")
    sentence = N_(
        "Block %(block)s of the text (%(words)s) holds content that a revision cannot keep (%(names)s). "
        "Please have it removed on the next page, then fix the text."
    )


class TextIncomplete(Refused):
    """Words of the live text wait for others that never arrived: no browser shows them yet."""

    code = "text_incomplete"
    heading = N_("Words are still missing from the text")
    sentence = N_(
        "Part of the text has not arrived: words are missing that others build on. Please ask %(names)s to "
        "open the text once more in the browser they wrote with, then fix it."
    )


class EmptyText(Refused):
    code = "empty_text"
    heading = N_("The text is empty")
    sentence = N_("The text is empty. Please write it first, then fix it.")


class UnprintableText(Refused):
    """The document cannot show these characters."""

    code = "unprintable_text"
    heading = N_("Some characters cannot be printed")
    sentence = N_(
        "The text holds characters that the final document cannot show: %(characters)s. They stand here: "
        "%(where)s. Please replace them, then try again."
    )


class WriterTaken(Refused):
    """The Yjs client id has become another person's meanwhile."""

    code = "writer_taken"
    heading = N_("Another window has taken over")
    sentence = N_("Another window has taken over this connection. Please load the page again.")


class TooLongForText(Refused):
    """A block would grow beyond what browsers bear, or a change is more than the text takes in at once."""

    code = "too_long_for_text"
    heading = N_("This is too long for the text")
    sentence = N_(
        "A paragraph would become longer than %(most)s characters, or this is too much at once. Nothing was "
        "changed. Please divide the paragraph, or bring it in smaller parts."
    )


class AlreadyNamed(Invalid):
    """The text has not changed since it was kept under another name."""

    code = "checkpoint_named"
    heading = N_("Nothing has changed since then")
    sentence = N_(
        "The text has not changed since it was kept as \u201c%(name)s\u201d. It needs no second name."
    )


class PassageChanged(Refused):
    """Somebody wrote in the passage while it was being looked at."""

    code = "passage_changed"
    heading = N_("The passage has changed meanwhile")
    sentence = N_("Somebody has changed this passage since you opened the page. Please compare once more.")


class StillInText(Refused):
    """What is to leave the history still stands in the text."""

    code = "still_in_text"
    heading = N_("The passage still stands in the text")
    sentence = N_(
        "These words still stand in the text. Please delete them in the editor first, then take them out of "
        "the history."
    )
