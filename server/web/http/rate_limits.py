"""Token buckets in memory, bounded in number: the oldest untouched bucket makes room for a new one."""

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
        now = self._now()
        bucket = self._buckets.pop(key, None) or TokenBucket(self._rate, self._capacity, now)
        self._buckets[key] = bucket
        if len(self._buckets) > self._max_keys:
            self._buckets.popitem(last=False)
        if not bucket.takes(1, now):
            raise TooMany(seconds=ceil(bucket.seconds_until(1)))


@dataclass(frozen=True, slots=True)
class RateLimits:
    """An office shares one address on the network, so limits by network address are wide."""

    login_by_email: RateLimit
    login_by_network: RateLimit
    link_by_network: RateLimit
    code_by_person: RateLimit
    verify_by_network: RateLimit


def create_rate_limits(now: Callable[[], float]) -> RateLimits:
    return RateLimits(
        login_by_email=RateLimit(3, 15 * 60, now),
        login_by_network=RateLimit(60, 60 * 60, now),
        link_by_network=RateLimit(60, 60 * 60, now),
        code_by_person=RateLimit(10, 15 * 60, now),
        verify_by_network=RateLimit(20, 10 * 60, now),
    )
