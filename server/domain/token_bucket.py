"""A token bucket: how often something may happen, with bursts. The time comes in as an argument."""

from __future__ import annotations


class TokenBucket:
    """Fills with `rate` tokens a second up to `burst`, and begins full. `now` is monotonic, in seconds."""

    __slots__ = ("_at", "_burst", "_rate", "_tokens")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = now

    def takes(self, count: float, now: float) -> bool:
        """Spends `count` tokens if there are as many."""
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < count:
            return False
        self._tokens -= count
        return True

    def spend(self, count: float, now: float) -> None:
        """What was spent elsewhere: as much of it as there is."""
        self._tokens = max(0.0, min(self._burst, self._tokens + (now - self._at) * self._rate) - count)
        self._at = now

    def seconds_until(self, count: float) -> float:
        """From the last `takes` until there are `count` tokens, which must not be more than `burst`."""
        return max(0.0, count - self._tokens) / self._rate
