"""Mail that came back: delivery status notifications (RFC 3464), and the mailbox they come to."""

from __future__ import annotations

import email
import email.policy
import imaplib
import re
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

MAX_BYTES: Final = 200_000
"""Of one message: a notification carries the headers of the mail that came back, rarely more."""
MAX_MESSAGES: Final = 200
"""Looked at in one go; the rest the next time."""
TIMEOUT: Final = 20.0
_KEY: Final = re.compile(r"<([0-9a-f]{32})@[^>]*>")


@dataclass(frozen=True, slots=True)
class Bounce:
    """`key`: of the mail that came back; `status`: the enhanced code (RFC 3463), 5.x.x: for good."""

    key: str
    status: str


def read_bounce(data: bytes) -> Bounce | None:
    """None for everything else that lies in a mailbox, and for delays (4.x.x)."""
    message = email.message_from_bytes(data[:MAX_BYTES], policy=email.policy.default)
    if not isinstance(message, EmailMessage) or message.get_content_type() != "multipart/report":
        return None
    parts = list(message.walk())
    status = next((found for part in parts if (found := _status(part))), "")
    key = next((found for part in parts if (found := _key(part))), "")
    return Bounce(key, status) if key and status.startswith("5.") else None


def _status(part: EmailMessage) -> str:
    """Of the first recipient: each of our mails has one."""
    if part.get_content_type() != "message/delivery-status":
        return ""
    fields = re.findall(r"^Status:\s*(\d\.\d{1,3}\.\d{1,3})", part.as_string(), re.M | re.I)
    return fields[0] if fields else ""


def _key(part: EmailMessage) -> str:
    """The Message-ID of the mail inside, whole or its headers only."""
    if part.get_content_type() not in ("message/rfc822", "text/rfc822-headers"):
        return ""
    found = re.search(r"^Message-ID:\s*(.*)$", part.as_string(), re.M | re.I)
    key = _KEY.search(found[1]) if found else None
    return key[1] if key else ""


def fetch_bounces(url: str) -> Iterator[Bounce]:
    """Blocking. Reads what is unread in `imaps://user:password@host:993/INBOX` and marks it as read. Raises
    OSError."""
    parts = urlsplit(url)
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    try:
        with _connect(parts.scheme, parts.hostname or "localhost", parts.port) as server:
            server.login(unquote(parts.username or ""), unquote(parts.password or ""))
            server.select(f'"{folder}"')
            _, found = server.uid("SEARCH", "UNSEEN")
            for uid in found[0].split()[:MAX_MESSAGES]:
                yield from _read(server, uid.decode())
    except imaplib.IMAP4.error as error:
        raise OSError("the mailbox of returned mail refused") from error


def _connect(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=ssl.create_default_context(), timeout=TIMEOUT)
    return imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)


def _read(server: imaplib.IMAP4, uid: str) -> Iterator[Bounce]:
    _, parts = server.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
    data = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    if (bounce := read_bounce(data)) is not None:
        yield bounce
    server.uid("STORE", uid, "+FLAGS", "(\\Seen)")
