"""Token buckets in memory, bounded in number: the oldest untouched bucket makes room for a new one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Final

from server.domain.errors import TooMany

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
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Raises TooMany with the seconds until the next act is allowed."""
        now = self._now()
        level, since = self._buckets.pop(key, (float(self._capacity), now))
        level = min(self._capacity, level + (now - since) * self._rate)
        allowed = level >= 1
        self._buckets[key] = (level - 1 if allowed else level, now)
        if len(self._buckets) > self._max_keys:
            self._buckets.popitem(last=False)
        if not allowed:
            raise TooMany(seconds=ceil((1 - level) / self._rate))


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
