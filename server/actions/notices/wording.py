"""A mail that waits gets its words, in the language of whoever will read it."""

from __future__ import annotations

from server.actions.services import Services
from server.mail.stored import read_notice
from server.mail.transport import Mail
from server.storage.notices.mails import WaitingMail


def word_mail(services: Services, mail: WaitingMail) -> Mail:
    """Raises ValueError for a notice that this release does not know."""
    notice = read_notice(mail.notice, mail.payload)
    message = services.messages.render(notice, mail.language)
    return Mail(mail.key, mail.recipient, message, mail.reply_to)
