"""Days and times in words, as people in the region read them: for pages and mails alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from babel.dates import format_datetime

from server.domain.people.languages import Language
from server.domain.terms.local_time import ZONE

DATE_FORMATS: Final[Mapping[Language, str]] = {
    "de": "d. MMMM y, HH:mm 'Uhr'",
    "en": "d MMMM y, HH:mm",
}


def moment(at: datetime, language: Language) -> str:
    return str(format_datetime(at.astimezone(ZONE), DATE_FORMATS[language], locale=language))
