"""For how long what is kept for a time only is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """After the end of each: `sessions` and `links` (login links, codes, questions that wait for an answer)
    after they expired, `mails` (the recipient's address) after sending, `invitations` that nobody accepted
    after they were sent."""

    sessions: timedelta = timedelta(days=0)
    links: timedelta = timedelta(days=1)
    mails: timedelta = timedelta(days=90)
    invitations: timedelta = timedelta(days=180)
