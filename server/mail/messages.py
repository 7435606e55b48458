"""Notices as mail: HTML from a template, and the plain text read from that HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from server.domain.people.languages import Language
from server.mail.notices.notice import Notice
from server.mail.plain_text import plain_text
from server.moments import moment


@dataclass(frozen=True, slots=True)
class Message:
    """`text` and `html` say the same words. `html` loads nothing from anywhere."""

    subject: str
    text: str
    html: str
    language: Language


@dataclass(frozen=True, slots=True)
class Line:
    """A notice in a daily mail: `sentence` is markup."""

    declaration: str
    sentence: Markup
    link: str


class Messages:
    def __init__(self, folder: Path) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(paragraphs=paragraphs, lines=lines, moment=_moment, date=_date)

    def render(self, notice: Notice, language: Language, choices: str = "") -> Message:
        """In the recipient's language. `choices`: the address of the page on which they say what they want
        to be sent, for mails that name it."""
        template = self._template(notice, language)
        shown = {**self._shown(notice, language), "language": language, "choices": choices}
        subject = " ".join(html.unescape(_block(template, "subject", shown)).split())
        source = template.render({**shown, "subject": subject})
        return Message(subject, plain_text(source), source, language)

    def _shown(self, notice: Notice, language: Language) -> dict[str, Any]:
        values = ((field.name, getattr(notice, field.name)) for field in fields(notice))
        return {name: self._lines(value, language) for name, value in values}

    def _lines(self, value: Any, language: Language) -> Any:
        """Notices inside of a notice are shown as a line each."""
        if isinstance(value, tuple):
            return [self._line(item, language) for item in value]
        return value

    def _line(self, notice: Notice, language: Language) -> Line:
        shown = {**self._shown(notice, language), "language": language}
        sentence = Markup(_block(self._template(notice, language), "line", shown))  # noqa: S704  # rendered just there
        return Line(shown["declaration"], sentence, shown["link"])

    def _template(self, notice: Notice, language: Language) -> Template:
        return self._templates.get_template(f"{notice.template}.{language}.html")


def _block(template: Template, name: str, shown: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(shown)))


@pass_context
def _moment(context: Context, at: str) -> str:
    return moment(datetime.fromisoformat(at), context["language"])


@pass_context
def _date(context: Context, day: str) -> str:
    return str(format_date(date.fromisoformat(day), "long", locale=context["language"]))


def paragraphs(text: str) -> list[str]:
    """What somebody typed, at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def lines(text: str) -> Markup:
    """With the breaks that somebody typed."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
