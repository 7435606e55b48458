"""Notices as mail."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from server.domain.people.languages import Language
from server.mail.notices import Notice


@dataclass(frozen=True, slots=True)
class Message:
    subject: str
    body: str


class Messages:
    def __init__(self, folder: Path) -> None:
        # Plain text: nothing is escaped, nothing may be missing.
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            autoescape=False,  # noqa: S701  # plain text, no markup
            keep_trailing_newline=True,
        )

    def render(self, notice: Notice, language: Language) -> Message:
        """In the recipient's language."""
        template = self._templates.get_template(f"{notice.template}.{language}.txt")
        text = template.render(_shown(notice))
        subject, _, body = text.partition("\n")
        return Message(" ".join(subject.split()), body.lstrip("\n"))


def _shown(notice: Notice) -> dict[str, object]:
    return {field.name: getattr(notice, field.name) for field in fields(notice)}
