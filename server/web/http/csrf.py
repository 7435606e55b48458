"""Two guards for requests that change something: where they come from, and the form's token."""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from typing import Final

from server.domain.errors import StaleForm
from server.web.http.visits import Visit

FIELD: Final = "csrf"
HEADER: Final = "X-CSRF-Token"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def is_same_origin(headers: Mapping[str, str], origins: Collection[str]) -> bool:
    """By `Origin` (RFC 6454), else by `Sec-Fetch-Site`. Very old browsers send neither: the token decides."""
    origin = headers.get("origin")
    if origin is not None:
        return origin in origins
    return headers.get("sec-fetch-site", "same-origin") == "same-origin"


def ensure_returning(visit: Visit) -> None:
    """Raises StaleForm. A browser that brought no secret cannot have been given a token."""
    if visit.fresh:
        raise StaleForm()


def ensure_token(visit: Visit, token: str) -> None:
    """Raises StaleForm."""
    if visit.fresh or not hmac.compare_digest(visit.csrf_token.encode(), token.encode(errors="replace")):
        raise StaleForm()
