"""Every notice can be sent in every language and says all that it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jinja2 import Environment, meta

from server.domain.people.languages import LANGUAGES, Language
from server.mail.messages import Messages
from server.mail.notices import LoginLink, Notice

FOLDER = Path(__file__).parents[2] / "templates" / "mail"
NOTICES = Notice.__subclasses__()
SAMPLES: Mapping[type, Any] = {str: "Wörter „so“ & <so>", int: 1234567, bool: True}

every_notice = pytest.mark.parametrize("kind", NOTICES, ids=lambda kind: kind.__name__)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def example(kind: type[Notice]) -> Notice:
    hints = get_type_hints(kind)
    return kind(**{field.name: SAMPLES[hints[field.name]] for field in fields(kind)})


@every_notice
@every_language
def test_a_notice_is_rendered_with_its_fields(kind: type[Notice], language: Language) -> None:
    message = Messages(FOLDER).render(example(kind), language)
    assert 0 < len(message.subject) <= 300
    assert message.body.endswith("Kraftakt\n")
    assert str(SAMPLES[str]) in message.body  # nothing is escaped
    assert "{" not in message.subject + message.body


@every_notice
@every_language
def test_a_template_shows_exactly_the_fields_of_its_notice(kind: type[Notice], language: Language) -> None:
    source = (FOLDER / f"{kind.template}.{language}.txt").read_text("utf-8")
    shown = meta.find_undeclared_variables(Environment(autoescape=True).parse(source))
    assert shown == {field.name for field in fields(kind)}


def test_there_is_no_template_without_its_notice() -> None:
    wanted = {f"{kind.template}.{language}.txt" for kind in NOTICES for language in LANGUAGES}
    assert {path.name for path in FOLDER.iterdir()} == wanted


def test_the_language_decides() -> None:
    notice = LoginLink(name="Anna", link="https://kraftakt.example/login/x", minutes=30)
    subjects = [Messages(FOLDER).render(notice, language).subject for language in LANGUAGES]
    assert subjects == ["Ihr Anmeldelink für Kraftakt", "Your sign-in link for Kraftakt"]
