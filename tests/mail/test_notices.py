"""Every notice can be sent in every language and says all that it holds."""

from __future__ import annotations

import html
import re
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from jinja2 import Environment, meta

from server.domain.notices.kinds import Pace
from server.domain.people.languages import LANGUAGES, Language
from server.domain.sign_offs.answers import Answer
from server.mail.messages import Messages
from server.mail.notices.account import LoginLink
from server.mail.notices.declarations import Sealed
from server.mail.notices.notice import Notice
from server.mail.notices.sign_offs import Answered, DeadlineNear
from server.mail.stored import every_notice as all_notices
from server.mail.stored import name_of, payload_of, read_notice
from server.mail.transport import Mail, build_email

FOLDER = Path(__file__).parents[2] / "templates" / "mail"
MESSAGES = Messages(FOLDER)
NOTICES = all_notices()
SAMPLES: dict[Any, Any] = {str: "Wörter „so“ & <so>", int: 1234567, bool: True}
NAMED = {"answer": "signs", "deadline": "2026-06-17T16:00:00+00:00", "embargo": "2026-06-18T08:00:00+00:00"}
NAMED |= {"at": "2026-06-17T10:00:00+00:00", "given_at": "2026-06-17T10:00:00+00:00"}
NAMED |= {"level": "passkey", "day": "2026-06-21"}
NAMED |= {
    "first": "2026-06-15",
    "last": "2026-06-21",
    "link_ends": "2026-06-17T16:00:00+00:00",
}
"""Texts of a form of their own."""
SHARED = {"layout.html", "parts.html"}
SHARED_NAMES = {"button", "task_in_german", "task_in_english"}

every_notice = pytest.mark.parametrize("kind", NOTICES, ids=lambda kind: kind.__name__)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def example(kind: type[Notice]) -> Notice:
    hints = get_type_hints(kind)
    return kind(**{field.name: _sample(field.name, hints[field.name]) for field in fields(kind)})


def _sample(name: str, wanted: Any) -> Any:
    if name == "items":
        return (example(Answered), example(Sealed))
    return NAMED.get(name, SAMPLES.get(wanted))


def words_of(source: str) -> list[str]:
    body = re.findall(r"<body>(.*)</body>", source, re.S)[0]
    return html.unescape(re.sub("<[^>]+>", " ", body)).split()


@every_notice
@every_language
def test_a_notice_is_rendered_with_its_fields(kind: type[Notice], language: Language) -> None:
    message = MESSAGES.render(example(kind), language)
    assert 0 < len(message.subject) <= 300
    assert message.text.endswith("\nKraftakt\n")
    assert SAMPLES[str] in message.text  # nothing is escaped
    assert html.escape(SAMPLES[str]) in message.html
    assert "{" not in message.subject + message.text


def test_no_words_become_a_header_of_a_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor stop it from leaving: lines in a title or a name are spaces in the subject."""
    bad = "Titel\r\nBcc: evil@example.org\r\n\r\nText"
    monkeypatch.setitem(SAMPLES, str, bad)
    for kind in NOTICES:
        message = MESSAGES.render(example(kind), "de")
        raw = build_email("kraftakt@kraftakt.example", Mail("k1", "a@example.org", message)).as_bytes()
        head = raw.partition(b"\n\n")[0]
        assert not re.search(rb"^Bcc", head, re.M | re.I), kind


@every_notice
@every_language
def test_both_parts_say_the_same_words(kind: type[Notice], language: Language) -> None:
    message = MESSAGES.render(example(kind), language, "https://kraftakt.example/notices/x")
    assert re.sub(r"^- ", "", message.text, flags=re.M).split() == words_of(message.html)
    assert "https://kraftakt.example/notices/x" in message.text


@every_notice
@every_language
def test_the_html_loads_nothing_and_runs_nothing(kind: type[Notice], language: Language) -> None:
    source = MESSAGES.render(example(kind), language).html
    assert not re.findall(r"<(?:img|script|link|iframe|object|form)|style=|\bon\w+=|url\(|@import", source)
    assert f'<html lang="{language}">' in source
    assert "prefers-color-scheme: dark" in source
    assert source.count('class="button"') <= 1


@every_notice
@every_language
def test_a_template_shows_exactly_the_fields_of_its_notice(kind: type[Notice], language: Language) -> None:
    source = (FOLDER / f"{kind.template}.{language}.html").read_text("utf-8")
    environment = Environment(autoescape=True)
    environment.filters.update(MESSAGES._templates.filters)
    shown = meta.find_undeclared_variables(environment.parse(source))
    assert shown - SHARED_NAMES == {field.name for field in fields(kind)}


@every_notice
def test_a_notice_is_the_same_after_it_has_waited(kind: type[Notice]) -> None:
    notice = example(kind)
    assert read_notice(name_of(notice), payload_of(notice)) == notice


def test_what_waits_with_other_fields_is_of_another_release() -> None:
    with pytest.raises(ValueError, match="LoginLink"):
        read_notice("LoginLink", {"name": "Anna"})
    with pytest.raises(ValueError, match="Notice"):
        read_notice("Notice", {})


@pytest.mark.parametrize("kind", [k for k in NOTICES if k.kind and Pace.DAILY in k.kind.facts.paces])
@every_language
def test_what_may_come_daily_has_a_line_a_declaration_and_a_link(
    kind: type[Notice], language: Language
) -> None:
    assert {"declaration", "link"} <= {field.name for field in fields(kind)}
    line = MESSAGES._line(example(kind), language)
    assert line.declaration in html.unescape(line.sentence)


@pytest.mark.parametrize("answer", Answer)
@every_language
def test_every_answer_has_its_words(answer: Answer, language: Language) -> None:
    notice = Answered("Clara", "Offenburg", "Erklärung", answer.value, "https://kraftakt.example")
    assert "Offenburg" in MESSAGES.render(notice, language).text


@pytest.mark.parametrize(
    ("days", "begin"), [(7, "Noch 7 Tage"), (1, "Morgen endet die Frist"), (0, "Heute endet die Frist")]
)
def test_a_deadline_is_named_by_the_days_that_are_left(days: int, begin: str) -> None:
    notice = DeadlineNear("Doris", "Offenburg", "Erklärung", NAMED["deadline"], days, "https://x.example")
    message = MESSAGES.render(notice, "de")
    assert message.subject.startswith(begin)
    assert "bis zum 17. Juni 2026, 18:00 Uhr" in message.text


def test_there_is_no_template_without_its_notice() -> None:
    wanted = {f"{kind.template}.{language}.html" for kind in NOTICES for language in LANGUAGES}
    assert {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html")} == wanted | SHARED


def test_the_language_decides() -> None:
    notice = LoginLink(name="Anna", link="https://kraftakt.example/login/x", minutes=30)
    subjects = [MESSAGES.render(notice, language).subject for language in LANGUAGES]
    assert subjects == ["Ihr Anmeldelink für Kraftakt", "Your sign-in link for Kraftakt"]


def test_the_address_stands_beside_its_button() -> None:
    notice = LoginLink(name="Anna", link="https://kraftakt.example/login/x", minutes=30)
    assert "\n\nAnmelden\n\nhttps://kraftakt.example/login/x\n\n" in MESSAGES.render(notice, "de").text
