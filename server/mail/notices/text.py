"""Notices about the text."""

from __future__ import annotations

from dataclasses import dataclass

from server.domain.notices.kinds import NoticeKind
from server.mail.notices.notice import Notice


@dataclass(frozen=True, slots=True)
class TextFixed(Notice):
    """For those who wrote the text. `draft`: they have a private draft that they have not shared."""

    template = "text/text_fixed"
    kind = NoticeKind.TEXT_FIXED
    name: str
    declaration: str
    revision: int
    link: str
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Reopened(Notice):
    """For those who signed the `revision`."""

    template = "text/reopened"
    kind = NoticeKind.REOPENED
    name: str
    declaration: str
    revision: int
    link: str


@dataclass(frozen=True, slots=True)
class Mentioned(Notice):
    """A comment names the recipient. `author`: who wrote it; `words`: the comment as plain text, cut to what
    a mail bears; `passage`: the words of the text that it stands at, empty where they are gone."""

    template = "text/mentioned"
    kind = NoticeKind.MENTION
    name: str
    declaration: str
    author: str
    passage: str
    words: str
    link: str


@dataclass(frozen=True, slots=True)
class BatchDecided(Notice):
    """For those who prepared a batch of proposals: how many were taken over and rejected, how many wait for
    the next round (`kept`), and how many have left the text with their passage (`gone`)."""

    template = "text/batch_decided"
    kind = NoticeKind.BATCH_DECIDED
    name: str
    declaration: str
    batch: str
    taken_over: int
    rejected: int
    kept: int
    gone: int
    link: str
