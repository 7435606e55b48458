"""A mail that waits gets its words, in the language of whoever will read it."""

from __future__ import annotations

from typing import Final

from server.actions.notices.choosing import make_token
from server.actions.notices.deadline_files import deadline_file
from server.actions.services import Services
from server.domain.notices.kinds import NoticeKind, Stop
from server.mail.notices.notice import Notice
from server.mail.stored import read_notice
from server.mail.transport import Mail
from server.storage.declarations.declarations import load_by_id
from server.storage.notices.mails import WaitingMail

_BRING_DEADLINE: Final = frozenset({NoticeKind.ASKED_TO_SIGN, NoticeKind.REMINDER, NoticeKind.DEADLINE})
"""Kinds whose mail has the deadline as a calendar file."""


def word_mail(services: Services, mail: WaitingMail, calendar: bytes = b"") -> Mail:
    """`calendar`: an iCalendar file that goes with it. Raises ValueError for a notice that this release does
    not know."""
    notice = read_notice(mail.notice, mail.payload)
    choices = _choices(services, mail, notice)
    message = services.messages.render(notice, mail.language, choices)
    unsubscribe = f"{choices}/stop" if choices and notice.stop else ""
    return Mail(mail.key, mail.recipient, message, mail.reply_to, unsubscribe, calendar)


async def load_calendar(services: Services, mail: WaitingMail) -> bytes:
    """The deadline that the mail is about; empty where there is none. Raises ValueError as `word_mail`."""
    kind = read_notice(mail.notice, mail.payload).kind
    if mail.declaration_id is None or kind not in _BRING_DEADLINE:
        return b""
    async with services.database.read() as db:
        declaration = await load_by_id(db, mail.declaration_id)
    return deadline_file(services, declaration, mail.language)


def _choices(services: Services, mail: WaitingMail, notice: Notice) -> str:
    """The address of the page on which one says what one wants to be sent, where there is a choice."""
    is_chosen = notice.kind is not None and not notice.kind.facts.always_comes
    if mail.person_id is None or not (is_chosen or notice.stop):
        return ""
    token = make_token(services, mail.person_id, notice.stop or Stop.DIGEST)
    return f"{services.base_url}/notices/{token}"
