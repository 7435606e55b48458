"""The deadline of a declaration as a calendar file, for pages and mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from server.actions.services import Services
from server.domain.declarations import Declaration
from server.domain.people.languages import Language
from server.mail.calendar import deadline_calendar

_SUMMARY: Final[Mapping[Language, str]] = {
    "de": "Frist für die Mitzeichnung: {title}",
    "en": "Deadline for the sign-off: {title}",
}


def deadline_file(services: Services, declaration: Declaration, language: Language) -> bytes:
    """Empty where there is no deadline."""
    if declaration.deadline is None:
        return b""
    return deadline_calendar(
        slug=declaration.slug,
        host=urlsplit(services.base_url).hostname or "localhost",
        summary=_SUMMARY[language].format(title=declaration.title),
        link=f"{services.base_url}/declarations/{declaration.slug}",
        deadline=declaration.deadline,
        now=services.now(),
    )
