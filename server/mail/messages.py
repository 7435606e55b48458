"""What the mails say: `templates/mail/NAME.LANGUAGE.txt`, subject in the first line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


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

    def compose(self, template: str, language: str, /, **facts: object) -> Message:
        text = self._templates.get_template(f"{template}.{language}.txt").render(**facts)
        subject, _, body = text.partition("\n")
        return Message(" ".join(subject.split()), body.lstrip("\n"))
