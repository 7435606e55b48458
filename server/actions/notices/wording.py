"""A mail that waits gets its words, in the language of whoever will read it."""

from __future__ import annotations

from server.actions.notices.choosing import make_token
from server.actions.services import Services
from server.domain.notices.kinds import Stop
from server.mail.notices import Notice
from server.mail.stored import read_notice
from server.mail.transport import Mail
from server.storage.notices.mails import WaitingMail


def word_mail(services: Services, mail: WaitingMail) -> Mail:
    """Raises ValueError for a notice that this release does not know."""
    notice = read_notice(mail.notice, mail.payload)
    choices = _choices(services, mail, notice)
    message = services.messages.render(notice, mail.language, choices)
    unsubscribe = f"{choices}/stop" if choices and notice.stop else ""
    return Mail(mail.key, mail.recipient, message, mail.reply_to, unsubscribe)


def _choices(services: Services, mail: WaitingMail, notice: Notice) -> str:
    """The address of the page on which one says what one wants to be sent, where there is a choice."""
    is_chosen = notice.kind is not None and not notice.kind.facts.always_comes
    if mail.person_id is None or not (is_chosen or notice.stop):
        return ""
    token = make_token(services, mail.person_id, notice.stop or Stop.DIGEST)
    return f"{services.base_url}/notices/{token}"
