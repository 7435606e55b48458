"""How mail leaves: by SMTP, or into a folder where somebody can read it."""

from __future__ import annotations

import smtplib
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from server.mail.messages import Message

TIMEOUT: Final = 20.0
"""Seconds for one exchange with the mail server."""


@dataclass(frozen=True, slots=True)
class Mail:
    """`key` names the mail for good: letters and digits, another for every mail; `reply_to` is the key of the
    mail that it reminds of. `unsubscribe`: an address that takes a POST without any form (RFC 8058).
    `calendar`: an iCalendar file that comes with it."""

    key: str
    recipient: str
    message: Message
    reply_to: str = ""
    unsubscribe: str = ""
    calendar: bytes = b""


class MailTransport(Protocol):
    def send(self, mail: Mail) -> None:
        """Blocking. Raises OSError (smtplib's errors are one) when the mail did not leave."""


def build_email(sender: str, mail: Mail) -> EmailMessage:
    """A mail that is sent twice bears one Message-ID, by which the reader's program knows the second."""
    email, host = EmailMessage(), sender.partition("@")[2]
    email["From"], email["To"], email["Subject"] = sender, mail.recipient, mail.message.subject
    email["Date"], email["Message-ID"] = formatdate(), f"<{mail.key}@{host}>"
    if mail.reply_to:
        email["In-Reply-To"] = email["References"] = f"<{mail.reply_to}@{host}>"
    email["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers, please
    if mail.unsubscribe:
        email["List-Unsubscribe"] = f"<{mail.unsubscribe}>"
        email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    email.set_content(mail.message.text)
    email.add_alternative(mail.message.html, subtype="html")
    if mail.calendar:
        email.add_attachment(mail.calendar, maintype="text", subtype="calendar", filename="deadline.ics")
    email["Content-Language"] = mail.message.language  # last: a new part would take it along
    return email


class RefusedMail(OSError):
    """The mail server is there and does not take this mail; others may leave. Its text is the server's code,
    never its words: they may name somebody."""


class FolderTransport:
    """One .eml file a mail, readable by the owner only: they hold links and codes."""

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder, self._sender = folder, sender

    def send(self, mail: Mail) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{time.time_ns()}-{mail.recipient.replace('/', '_')}.eml"
        part = path.with_suffix(".part")
        part.touch(mode=0o600)
        part.write_bytes(bytes(build_email(self._sender, mail)))
        part.replace(path)  # who reads the folder meets whole mails only


class SmtpTransport:
    """`smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`."""

    def __init__(self, url: str, sender: str) -> None:
        self._url: SplitResult = urlsplit(url)
        self._sender = sender

    def send(self, mail: Mail) -> None:
        with self._connect() as server:
            if self._url.username:
                server.login(unquote(self._url.username), unquote(self._url.password or ""))
            try:
                server.send_message(build_email(self._sender, mail))
            except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, ValueError) as error:
                raise RefusedMail(_code_of(error)) from error

    def _connect(self) -> smtplib.SMTP:
        host, context = self._url.hostname or "localhost", ssl.create_default_context()
        if self._url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, self._url.port or 465, timeout=TIMEOUT, context=context)
        server = smtplib.SMTP(host, self._url.port or 587, timeout=TIMEOUT)
        if host not in ("localhost", "127.0.0.1"):
            server.starttls(context=context)
        return server


def _code_of(error: Exception) -> str:
    """The reply code (RFC 5321 section 4.2), else what kind of error it was."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((str(code) for code, _ in error.recipients.values()), "refused")
    return str(error.smtp_code) if isinstance(error, smtplib.SMTPDataError) else type(error).__name__
