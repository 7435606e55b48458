"""Token buckets in memory, bounded in number: the oldest untouched bucket makes room for a new one.

Each process counts for itself: with N processes behind one address, up to N times as much passes. The numbers
leave room for that; what protects people (mails to one address, codes, attempts at them, single use) is
counted in the database (`server/storage/people/shared_limits.py`).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

from server.domain.errors import TooMany
from server.domain.token_bucket import TokenBucket

MAX_KEYS: Final = 20_000


class RateLimit:
    """`capacity` acts at once, refilled evenly over `seconds`. `now` counts seconds and never goes back."""

    def __init__(
        self, capacity: int, seconds: float, now: Callable[[], float], max_keys: int = MAX_KEYS
    ) -> None:
        self._capacity = capacity
        self._rate = capacity / seconds
        self._now = now
        self._max_keys = max_keys
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def take(self, key: str) -> None:
        """Raises TooMany with the seconds until the next act is allowed."""
        bucket = self._bucket(key)
        if not bucket.takes(1, self._now()):
            raise TooMany(seconds=ceil(bucket.seconds_until(1)))

    def takes(self, key: str) -> bool:
        """For what is left undone quietly."""
        return self._bucket(key).takes(1, self._now())

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


def create_rate_limits(now: Callable[[], float]) -> RateLimits:
    return RateLimits(
        login_by_network_and_email=RateLimit(3, 15 * 60, now),
        login_by_network=RateLimit(200, 60 * 60, now),
        link_by_network=RateLimit(200, 60 * 60, now),
        code_by_person=RateLimit(10, 15 * 60, now),
        file_by_person=RateLimit(60, 10 * 60, now),
        code_by_network=RateLimit(300, 10 * 60, now),
        verify_by_network=RateLimit(60, 10 * 60, now),
        ready_by_network=RateLimit(60, 60, now),
        notes_by_network=RateLimit(120, 10 * 60, now),
        accession_by_network=RateLimit(20, 60 * 60, now),
    )
