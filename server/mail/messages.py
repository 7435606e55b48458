"""Notices as mail: HTML from a template, and the plain text read from that HTML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from server.domain.people.languages import Language
from server.mail.notices import Notice
from server.mail.plain_text import plain_text
from server.mail.stored import payload_of


@dataclass(frozen=True, slots=True)
class Message:
    """`text` and `html` say the same words. `html` loads nothing from anywhere."""

    subject: str
    text: str
    html: str
    language: Language


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
        self._templates.filters.update(paragraphs=paragraphs, lines=lines)

    def render(self, notice: Notice, language: Language, choices: str = "") -> Message:
        """In the recipient's language. `choices`: the address of the page on which they say what they want
        to be sent, for mails that name it."""
        template = self._templates.get_template(f"{notice.template}.{language}.html")
        shown = {**payload_of(notice), "language": language, "choices": choices}
        subject = html.unescape("".join(template.blocks["subject"](template.new_context(shown))))
        subject = " ".join(subject.split())
        source = template.render({**shown, "subject": subject})
        return Message(subject, plain_text(source), source, language)


def paragraphs(text: str) -> list[str]:
    """What somebody typed, at its empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def lines(text: str) -> Markup:
    """With the breaks that somebody typed."""
    return Markup("<br>").join(escape(line) for line in text.splitlines())
