"""Token buckets in memory, bounded in number: the oldest untouched bucket makes room for a new one.

Processes behind one address hold a limit together: what one lets pass the others hear of, under a keyed hash,
and count as well. What passes at several in the same moment counts afterwards. What protects people (mails to
one address, codes, attempts at them, single use) is counted in the database
(`server/storage/people/shared_limits.py`).
"""

from __future__ import annotations

import hmac
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, fields
from math import ceil
from typing import Final

from server.domain.errors import TooMany
from server.domain.token_bucket import TokenBucket

MAX_KEYS: Final = 20_000
Tell = Callable[[str], None]


def _nobody(_: str) -> None:
    """There is one process."""


class RateLimit:
    """`capacity` acts at once, refilled evenly over `seconds`. `now` counts seconds and never goes back. Keys
    are kept as `hide` makes them; `tell` hears that of every act that passes."""

    def __init__(
        self,
        capacity: int,
        seconds: float,
        now: Callable[[], float],
        max_keys: int = MAX_KEYS,
        hide: Callable[[str], str] = str,
        tell: Tell = _nobody,
    ) -> None:
        self._capacity = capacity
        self._rate = capacity / seconds
        self._now = now
        self._max_keys = max_keys
        self._hide = hide
        self._tell = tell
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, key: str) -> None:
        """Raises TooMany with the seconds until the next act is allowed."""
        hidden = self._hide(key)
        bucket = self._bucket(hidden)
        if not bucket.takes(1, self._now()):
            raise TooMany(seconds=ceil(bucket.seconds_until(1)))
        self._tell(hidden)

    def spend(self, hidden: str) -> None:
        """An act that has passed elsewhere."""
        self._bucket(hidden).spend(1, self._now())

    def _bucket(self, key: str) -> TokenBucket:
        now = self._now()
        bucket = self._buckets.pop(key, None) or TokenBucket(self._rate, self._capacity, now)
        self._buckets[key] = bucket
        if len(self._buckets) > self._max_keys:
            self._buckets.popitem(last=False)
        return bucket


@dataclass(frozen=True, slots=True)
class RateLimits:
    """A town hall shares one address on the network, so limits by network address are wide. Nobody's
    limit can be used up from another network.
    """

    login_by_network_and_email: RateLimit
    login_by_network: RateLimit
    link_by_network: RateLimit
    code_by_person: RateLimit
    file_by_person: RateLimit
    code_by_network: RateLimit
    verify_by_network: RateLimit
    ready_by_network: RateLimit
    notes_by_network: RateLimit
    """Of guests of a workshop, who share the hall's network."""
    accession_by_network: RateLimit
    workshop_by_network: RateLimit
    preview_by_network: RateLimit
    """Of newsrooms, which share a network as well."""
    copy_by_preview: RateLimit
    """Whoever has a link keeps nobody out but who has the same."""
    webhook_by_person: RateLimit
    """Messages to addresses that a person names."""

    def heard(self, key: str) -> None:
        """What another process told. A limit that only a newer version knows is passed over."""
        name, _, hidden = key.partition(":")
        if name in {each.name for each in fields(self)}:
            limit: RateLimit = getattr(self, name)
            limit.spend(hidden)


def create_rate_limits(now: Callable[[], float], secret: bytes = b"", tell: Tell = _nobody) -> RateLimits:
    """`secret`: the same at all processes. `tell`: hands on what has passed here, for `heard` there."""

    def limit(name: str, capacity: int, seconds: float) -> RateLimit:
        return RateLimit(
            capacity,
            seconds,
            now,
            hide=lambda key: hmac.digest(secret, f"{name} {key}".encode(), "sha256").hex()[:32],
            tell=lambda hidden: tell(f"{name}:{hidden}"),
        )

    return RateLimits(
        login_by_network_and_email=limit("login_by_network_and_email", 3, 15 * 60),
        login_by_network=limit("login_by_network", 200, 60 * 60),
        link_by_network=limit("link_by_network", 200, 60 * 60),
        code_by_person=limit("code_by_person", 10, 15 * 60),
        file_by_person=limit("file_by_person", 60, 10 * 60),
        code_by_network=limit("code_by_network", 300, 10 * 60),
        verify_by_network=limit("verify_by_network", 60, 10 * 60),
        ready_by_network=limit("ready_by_network", 60, 60),
        notes_by_network=limit("notes_by_network", 120, 10 * 60),
        accession_by_network=limit("accession_by_network", 20, 60 * 60),
        workshop_by_network=limit("workshop_by_network", 600, 10 * 60),
        preview_by_network=limit("preview_by_network", 120, 10 * 60),
        copy_by_preview=limit("copy_by_preview", 12, 10 * 60),
        webhook_by_person=limit("webhook_by_person", 20, 10 * 60),
    )
