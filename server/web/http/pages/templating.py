"""Jinja2 environments, one a language, and the one way to answer with a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path
from typing import Any, Final

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from server.catalogues import load_catalogues
from server.domain.people.invitations.role_words import part_of
from server.domain.people.languages import LANGUAGES, Language
from server.domain.terms.local_time import ZONE, day_of
from server.moments import DATE_FORMATS
from server.web.http.pages.static import StaticFiles
from server.web.sentences.messages import Message
from server.web.sentences.words import ANSWERS, KINDS, LEVELS, PHASES

DAY_FORMATS: Final[Mapping[Language, str]] = {
    "de": "EEEE, d. MMMM y, HH:mm 'Uhr'",
    "en": "EEEE, d MMMM y, HH:mm",
}
SOON_FORMATS: Final[Mapping[Language, str]] = {
    "de": "d.\u00a0MMMM, HH:mm\u00a0'Uhr'",
    "en": "d\u00a0MMMM, HH:mm",
}

MOMENTS: Final = 4096
"""Times kept in words, for each language: a page shows many, the same ones again and again."""


class Pages:
    """Renders templates in a language. Built once, at start; templates are compiled on first use."""

    def __init__(self, templates: Path, locale: Path, files: StaticFiles) -> None:
        self._catalogues = load_catalogues(locale)
        self._environments = {
            language: _environment(templates, language, self._catalogues[language], files)
            for language in LANGUAGES
        }

    def render(self, name: str, language: Language, context: Mapping[str, object]) -> str:
        return self._environments[language].get_template(name).render(context)

    def say(self, language: Language, message: Message) -> str:
        """Plain text of a message, for JSON and for what is signed."""
        return say(self._catalogues[language], message, language)

    def translate(self, language: Language, sentences: Mapping[str, str]) -> dict[str, str]:
        """The client's sentences by key, in the page's language."""
        catalogue = self._catalogues[language]
        return {key: catalogue.gettext(text) if text else "" for key, text in sentences.items()}


def say(catalogue: NullTranslations, message: Message, language: Language) -> str:
    facts = _Facts(
        (key, say(catalogue, fact, language) if isinstance(fact, Message) else _shown(fact, language))
        for key, fact in message.facts.items()
    )
    return catalogue.gettext(message.text) % facts


def _shown(fact: object, language: Language) -> object:
    if isinstance(fact, datetime):
        return day_and_time(fact, language)
    return ", ".join(map(str, fact)) if isinstance(fact, list | tuple) else fact


class _Facts(dict[str, object]):
    """A fact that is missing leaves a gap: an error page must not fail itself."""

    def __missing__(self, key: str) -> str:
        return ""


def moment(at: datetime, language: Language) -> str:
    """Day and time as people in the region read them."""
    return _in_words(at, DATE_FORMATS[language], language)


def day_and_time(at: datetime, language: Language) -> str:
    """With the day of the week: for deadlines."""
    return _in_words(at, DAY_FORMATS[language], language)


def soon(at: datetime, language: Language) -> str:
    """Without the year: for what is near, where there is little room."""
    return _in_words(at, SOON_FORMATS[language], language)


def _in_words(at: datetime, pattern: str, language: Language) -> str:
    return str(format_datetime(at.astimezone(ZONE), pattern, locale=language))


def day(text: str, language: Language) -> str:
    """A day in ISO 8601 as people read it; what is none stays as it is."""
    try:
        return str(format_date(date.fromisoformat(text), "long", locale=language))
    except ValueError:
        return text


def in_groups(digest: str) -> str:
    """A digest in groups of four characters, to be compared by eye or read aloud."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))


def json_block(value: object) -> Markup:
    """JSON that may stand inside a script element: no character that could end it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704  # escaped just above


def _translated(catalogue: NullTranslations) -> dict[str, Mapping[str, str]]:
    """Our words for phases and the like. A page with many lines needs them many times."""

    def words(table: Mapping[Any, str]) -> Mapping[str, str]:
        return {key: catalogue.gettext(word) for key, word in table.items()}

    return {
        "answers": words(ANSWERS),
        "kinds": words(KINDS),
        "levels": words(LEVELS),
        "phases": words(PHASES),
    }


def _environment(
    templates: Path, language: Language, catalogue: NullTranslations, files: StaticFiles
) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # a template is compiled once, not looked for at every use
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]  # the extension adds it
    environment.globals.update(
        static=files.address,
        language=language,
        **_translated(catalogue),
    )
    environment.filters.update(
        say=lambda message: say(catalogue, message, language),
        word=catalogue.gettext,  # unlike `_`, for what is not written in the template
        words=lambda table: [(key, catalogue.gettext(word)) for key, word in table.items()],
        told=lambda said, field: say(catalogue, said[field], language) if field in said else "",
        says=lambda problem: say(catalogue, Message(problem.text, problem.facts), language),
        part=lambda addressee: part_of(addressee.role, addressee.capacity),
        moment=lru_cache(MOMENTS)(lambda at: moment(at, language)),
        day=lambda text: day(text, language),
        berlin_day=lambda at: day(day_of(at).isoformat(), language),
        month=lambda at: _in_words(at, "MMMM y", language),
        day_and_time=lambda at: day_and_time(at, language),
        soon=lambda at: soon(at, language),
        grouped=lambda number: format_decimal(number, locale=language),
        in_groups=in_groups,
        json_block=json_block,
    )
    return environment
