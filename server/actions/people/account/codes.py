"""One-time codes that go to a person's own address."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta
from math import ceil
from typing import Final

from server.actions.act import Act
from server.actions.services import Services
from server.domain.errors import TooMany
from server.domain.people.persons import Person
from server.storage.people import shared_limits

CODE_TTL: Final = timedelta(minutes=10)
CODE_DIGITS: Final = 8
CODE_ATTEMPTS: Final = 5
"""With eight digits and five attempts a guess succeeds once in twenty million codes."""


CODES: Final = 10
CODES_PERIOD: Final = timedelta(minutes=15)
"""So many codes to one person, of all processes together."""


async def ensure_may_send(act: Act, person: Person) -> None:
    """Raises TooMany with the seconds until the next."""
    wait = await shared_limits.take(
        act.db, f"code {person.id}", capacity=CODES, period=CODES_PERIOD, now=act.now
    )
    if wait is not None:
        raise TooMany(seconds=ceil(wait.total_seconds()))


def new_code() -> str:
    """Digits without a space."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def as_read(code: str) -> str:
    """In two groups, as people read it aloud."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def as_typed(code: str) -> str:
    return "".join(code.split())


def keyed(services: Services, purpose: str, text: str) -> str:
    """HMAC-SHA-256 in hexadecimal. Keyed: eight digits could be found from a plain hash in a stolen
    database."""
    return hmac.new(services.secret, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
