"""The catalogues of sentences that pages and the command line speak from."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from server.domain.people.languages import LANGUAGES, Language

SOURCE: Final[Language] = "en"
"""The language of the source strings: it needs no catalogue."""

DOMAIN: Final = "kraftakt"


def load_catalogues(directory: Path) -> Mapping[Language, NullTranslations]:
    """Reads `<language>/LC_MESSAGES/kraftakt.po` as it is; the source language answers with the msgid."""
    return {language: load_catalogue(directory, language) for language in LANGUAGES}


def load_catalogue(directory: Path, language: Language) -> NullTranslations:
    """That of one language alone: reading all of them takes longer than many a command."""
    return NullTranslations() if language == SOURCE else _load(directory, language)


def catalogue_path(directory: Path, language: Language) -> Path:
    return directory / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _load(directory: Path, language: Language) -> Translations:
    compiled = BytesIO()
    with catalogue_path(directory, language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=DOMAIN))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
