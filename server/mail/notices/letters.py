"""Mails that are put together: a letter in somebody's own words, and the daily mail."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.notices.kinds import Stop
from server.mail.notices.notice import Notice


@dataclass(frozen=True, slots=True)
class Letter(Notice):
    """Already in words. `text`: lines, with empty ones between the paragraphs."""

    template = "notices/letter"
    headline: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest(Notice):
    """What a person has chosen to hear once a day. `more`: how many there are beside the `items`."""

    template = "notices/digest"
    stop = Stop.DIGEST
    name: str
    items: tuple[Notice, ...]
    more: int
    link: str
