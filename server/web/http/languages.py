"""Which language a page speaks, and the catalogues it speaks from."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from starlette.requests import HTTPConnection

from server.domain.people.languages import DEFAULT, LANGUAGES, Language, as_language

SOURCE: Final[Language] = "en"
"""The language of the source strings: it needs no catalogue."""

COOKIE: Final = "kraftakt_language"
PARAMETER: Final = "lang"
DOMAIN: Final = "kraftakt"


def chosen_language(connection: HTTPConnection) -> Language | None:
    """The one asked for in the address, if any."""
    return as_language(connection.query_params.get(PARAMETER))


def negotiate(connection: HTTPConnection) -> Language:
    """Address, then cookie, then the browser's list (RFC 9110 section 12.5.4), then German."""
    return (
        chosen_language(connection)
        or as_language(connection.cookies.get(COOKIE))
        or _accepted(connection.headers.get("accept-language", ""))
        or DEFAULT
    )


def _accepted(header: str) -> Language | None:
    ranked = sorted((_weighed(part) for part in header.split(",")[:20]), key=lambda pair: -pair[0])
    return next((language for weight, language in ranked if language and weight > 0), None)


def _weighed(part: str) -> tuple[float, Language | None]:
    tag, _, weight = part.strip().partition(";q=")
    try:
        return float(weight or 1), as_language(tag.strip().lower().split("-")[0])
    except ValueError:
        return 0.0, None


def load_catalogues(directory: Path) -> Mapping[Language, NullTranslations]:
    """Reads `<language>/LC_MESSAGES/kraftakt.po` as it is; the source language answers with the msgid."""
    return {
        language: NullTranslations() if language == SOURCE else _load(directory, language)
        for language in LANGUAGES
    }


def catalogue_path(directory: Path, language: Language) -> Path:
    return directory / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _load(directory: Path, language: Language) -> Translations:
    compiled = BytesIO()
    with catalogue_path(directory, language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, domain=DOMAIN))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
