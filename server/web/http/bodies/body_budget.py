"""How much of all bodies may be on its way at once: nobody's uploads take the others' room."""

from __future__ import annotations

from collections import Counter
from typing import Final

from server.domain.errors import Overloaded

MEGABYTE: Final = 1024 * 1024
CAPACITY: Final = 512 * MEGABYTE
"""Bytes of bodies, in all; those of files lie on disk."""
PER_NETWORK: Final = 128 * MEGABYTE
"""Bytes from one network: two of the largest files, and thousands of forms."""
LEAST: Final = 64 * 1024
"""Bytes that the smallest body counts for: what the server reads ahead."""


class BodyBudget:
    """Counts bytes until they are given back."""

    def __init__(self, capacity: int = CAPACITY, per_network: int = PER_NETWORK) -> None:
        self._capacity = capacity
        self._per_network = per_network
        self._all = 0
        self._of: Counter[str] = Counter()

    def share(self, network: str) -> Share:
        return Share(self, network)

    def take(self, network: str, count: int) -> None:
        """Raises Overloaded, and then has taken nothing."""
        if self._all + count > self._capacity or self._of[network] + count > self._per_network:
            self._forget_if_nothing(network)
            raise Overloaded()
        self._all += count
        self._of[network] += count

    def give_back(self, network: str, count: int) -> None:
        self._all -= count
        self._of[network] -= count
        self._forget_if_nothing(network)

    def _forget_if_nothing(self, network: str) -> None:
        if not self._of[network]:
            del self._of[network]


class Share:
    """What one request's body has taken."""

    def __init__(self, budget: BodyBudget, network: str) -> None:
        self._budget = budget
        self._network = network
        self._taken = 0

    def ensure(self, size: int) -> None:
        """For a body that has `size` bytes so far. Raises Overloaded."""
        wanted = max(size, LEAST) if size else 0
        if wanted > self._taken:
            self._budget.take(self._network, wanted - self._taken)
            self._taken = wanted

    def end(self) -> None:
        self._budget.give_back(self._network, self._taken)
        self._taken = 0
