"""Why a file is not taken as a text."""

from __future__ import annotations

from typing import Final

from server.domain.errors import Invalid, Refused
from server.domain.sentences import N_

MAX_BYTES: Final = 20 * 1024 * 1024
"""Of a file, as it comes."""
MAX_BLOCKS: Final = 4_000
MAX_LETTERS: Final = 400_000


class InvalidFile(Invalid):
    """Neither DOCX nor ODT nor text, damaged, or made to harm."""

    code = "invalid_file"
    heading = N_("The file cannot be read")
    sentence = N_(
        "This file cannot be read as a text. Please save it as Word document (.docx), as OpenDocument text "
        "(.odt) or as Markdown (.md), and choose it again."
    )


class LargeFile(InvalidFile):
    code = "large_file"
    heading = N_("The file with the text is too large")
    sentence = N_(
        "The file is larger than 20 MB, or its text is. Please take the pictures out of it, save it and "
        "choose it again."
    )


class LongFile(InvalidFile):
    code = "long_file"
    heading = N_("The text is too long")
    sentence = N_(
        "The text has more than 4,000 paragraphs or 400,000 characters, or one paragraph with more than "
        "20,000. Please bring only the part that belongs into the declaration."
    )


class LockedFile(InvalidFile):
    code = "locked_file"
    heading = N_("The file has a password")
    sentence = N_(
        "The file is protected with a password. Please save it without one in the program that it comes "
        "from, and choose it again."
    )


class OldWordFile(InvalidFile):
    code = "old_word_file"
    heading = N_("The file has Word's old format")
    sentence = N_(
        "This is a file in Word's old format (.doc). Please open it in Word or LibreOffice, save it as "
        "Word document (.docx), and choose it again."
    )


class MacroFile(InvalidFile):
    code = "macro_file"
    heading = N_("The file contains macros")
    sentence = N_(
        "The file contains macros (small programs), so it is not opened here. Please save it as Word "
        "document without macros (.docx), and choose it again."
    )


class BlankFile(InvalidFile):
    code = "blank_file"
    heading = N_("The file holds no text")
    sentence = N_("There is no text in this file. Please choose the file with the draft.")


class ChangedImport(Refused):
    """What was looked through is not what would be taken over."""

    code = "changed_import"
    heading = N_("There is another file now")
    sentence = N_(
        "Meanwhile you have chosen another file, or taken this one over already. Please look at the "
        "preview again."
    )


REFUSALS: Final[dict[str, type[InvalidFile]]] = {
    error.code: error
    for error in (InvalidFile, LargeFile, LongFile, LockedFile, OldWordFile, MacroFile, BlankFile)
}
