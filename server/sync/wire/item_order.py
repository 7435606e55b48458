"""Brings the items of a Yjs sequence into their order (the algorithm YATA).

Source: P. Nicolaescu et al., Near Real-Time Peer-to-Peer Shared Editing on Extensible Data Types, GROUP 2016;
`yjs/src/structs/Item.js`, `integrate`.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.sync.wire.yjs_items import Id, Item


class Sequence:
    """The root type `name` of a doc. Items of other types are ignored."""

    def __init__(self, name: str, queues: list[list[Item]]) -> None:
        self._name = name
        self._first: Item | None = None
        self._begins: dict[Id, Item | None] = {}
        self._ends: dict[Id, Item | None] = {}
        self._known = {(item.client, item.clock) for queue in queues for item in queue}
        self._known_ends = {item.last for queue in queues for item in queue}
        self._integrate(queues)

    def __iter__(self) -> Iterator[Item]:
        item = self._first
        while item is not None:
            yield item
            item = item.right

    def _integrate(self, queues: list[list[Item]]) -> None:
        """Each as soon as what it was put between is in its place."""
        waiting = [iter(queue) for queue in queues]
        heads = [next(queue, None) for queue in waiting]
        moved = True
        while moved:
            moved = False
            for number, queue in enumerate(waiting):
                while (item := heads[number]) is not None and self._is_ready(item):
                    self._settle(item)
                    heads[number] = next(queue, None)
                    moved = True

    def _is_ready(self, item: Item) -> bool:
        """What was garbage collected needs no waiting for."""
        left, right = item.origin, item.right_origin
        return (left is None or left in self._ends or left not in self._known_ends) and (
            right is None or right in self._begins or right not in self._known
        )

    def _settle(self, item: Item) -> None:
        placed = item if self._belongs_here(item) else None
        if placed is not None:
            self._place(item)
        self._begins[item.client, item.clock] = placed
        self._ends[item.last] = placed

    def _belongs_here(self, item: Item) -> bool:
        """As its neighbours do; without any, as it says itself."""
        left = self._ends.get(item.origin) if item.origin else None
        right = self._begins.get(item.right_origin) if item.right_origin else None
        if item.origin is None and item.right_origin is None:
            return item.parent == self._name
        return (item.origin is None or left is not None) and (item.right_origin is None or right is not None)

    def _place(self, item: Item) -> None:
        left = self._ends[item.origin] if item.origin else None
        right = self._begins[item.right_origin] if item.right_origin else None
        left = self._pass_over_rivals(item, left, right)
        item.left = left
        item.right = left.right if left is not None else self._first
        if left is None:
            self._first = item
        else:
            left.right = item
        if item.right is not None:
            item.right.left = item

    def _pass_over_rivals(self, item: Item, left: Item | None, right: Item | None) -> Item | None:
        """Others were put in the same place at the same time: where among them the item goes."""
        rival = left.right if left is not None else self._first
        seen: set[int] = set()
        undecided: set[int] = set()
        while rival is not None and rival is not right:
            seen.add(id(rival))
            undecided.add(id(rival))
            if rival.origin == item.origin:
                if rival.client < item.client:
                    left = rival
                    undecided.clear()
                elif rival.right_origin == item.right_origin:
                    break
            else:
                base = self._ends[rival.origin] if rival.origin else None
                if base is None or id(base) not in seen:
                    break
                if id(base) not in undecided:
                    left = rival
                    undecided.clear()
            rival = rival.right
        return left
