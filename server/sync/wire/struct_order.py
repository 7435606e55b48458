"""Whether the structs of an update can be put in an order in which each finds what it builds on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush

Link = tuple[int, int, int]
"""(clock of a struct, other client, its end): the struct comes after those of `other` up to `end`."""


def can_be_ordered(ranges: Mapping[int, tuple[int, int]], links: Mapping[int, Sequence[Link]]) -> bool:
    """`ranges`: client → (first clock, end); what comes before the first clock, or of others, is there.

    `links`: per client, by clock. Each client stands at one link at a time and is woken when what it waits
    for is there: the time is that of a sort of the links.
    """
    order = _Order(ranges, links)
    for client in ranges:
        order.go_on(client)
    return order.complete()


class _Order:
    def __init__(self, ranges: Mapping[int, tuple[int, int]], links: Mapping[int, Sequence[Link]]) -> None:
        self._known = {client: start for client, (start, _) in ranges.items()}
        self._ends = {client: end for client, (_, end) in ranges.items()}
        self._links: dict[int, Iterator[Link]] = {client: iter(links.get(client, ())) for client in ranges}
        self._waiting: dict[int, list[tuple[int, int, int]]] = {}
        """Client → heap of (end that is waited for, who waits, clock of the struct that waits)."""

    def go_on(self, client: int) -> None:
        """As far as it goes, and all that this sets going. A stack, no recursion: chains may be long."""
        stack = [client]
        while stack:
            client = stack.pop()
            self._advance(client)
            heap = self._waiting.get(client, [])
            while heap and heap[0][0] <= self._known[client]:
                stack.append(heappop(heap)[1])

    def _advance(self, client: int) -> None:
        for clock, other, end in self._links[client]:
            if end > self._known.get(other, end):
                self._known[client] = max(self._known[client], clock)
                heappush(self._waiting.setdefault(other, []), (end, client, clock))
                return
        self._known[client] = self._ends[client]

    def complete(self) -> bool:
        return self._known == self._ends
