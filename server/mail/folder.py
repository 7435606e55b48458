"""Reading what `FolderTransport` has written: the demo shows its mails on a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Final

_BILLION: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class KeptMail:
    """`number`: nanoseconds since 1970, which name its file; `text`: its plain part."""

    number: int
    recipient: str
    subject: str
    text: str

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.number // _BILLION, UTC)


def list_mails(folder: Path, limit: int, recipient: str = "") -> list[KeptMail]:
    """Newest first; without `recipient` to anybody."""
    paths = sorted(folder.glob("*.eml"), key=_number_of, reverse=True)
    found: list[KeptMail] = []
    for path in paths:
        mail = _read(path)
        if not recipient or mail.recipient.lower() == recipient.lower():
            found.append(mail)
        if len(found) == limit:
            break
    return found


def find_mail(folder: Path, number: int) -> KeptMail | None:
    path = next(folder.glob(f"{number}-*.eml"), None)
    return _read(path) if path else None


def _number_of(path: Path) -> int:
    number = path.name.partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _read(path: Path) -> KeptMail:
    email = message_from_bytes(path.read_bytes(), EmailMessage, policy=policy.default)
    part = email.get_body(("plain",))
    text = str(part.get_content()) if part else ""
    return KeptMail(_number_of(path), str(email["To"]), str(email["Subject"]), text)
