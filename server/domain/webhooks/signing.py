"""Signatures and headers of Standard Webhooks 1.0, scheme v1: HMAC-SHA256 over `id.timestamp.body`.

A webhook's secret is made from the service's own key and a salt that is stored; so whoever reads the database
alone cannot sign. With another key of the service all secrets are others.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

PREFIX: Final = "whsec_"
DELAYS: Final = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400, 86_400)
)
"""Between one attempt and the next, as Standard Webhooks proposes; after the last one it is given up."""
PATIENCE: Final = timedelta(days=5)
"""After so long without one success a webhook is switched off."""


def secret_of(key: bytes, salt: str) -> str:
    """`whsec_` and 32 bytes in base 64, as receivers' libraries take it."""
    made = hmac.new(key, f"kraftakt webhook {salt}".encode(), hashlib.sha256).digest()
    return PREFIX + base64.b64encode(made).decode()


def headers_of(secret: str, message: str, at: datetime, body: bytes) -> dict[str, str]:
    """`message`: the same in all attempts, so that receivers take it once; `at`: of this attempt."""
    seconds = int(at.timestamp())
    signed = f"{message}.{seconds}.".encode() + body
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signature = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "user-agent": "Kraftakt-Webhooks/1",
        "webhook-id": message,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }


def next_attempt(attempts: int, now: datetime) -> datetime | None:
    """`attempts` made so far, all in vain. None: it is given up."""
    return now + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
