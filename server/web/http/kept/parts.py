"""What many people look at, made once for all of them who see the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final, Generic, TypeVar

MAX_PARTS: Final = 64
T = TypeVar("T")


class KeptParts(Generic[T]):
    """Bounded: the oldest part makes room. A key names everything a part depends on:
    the state, the language, the rights; so nothing has to be thrown away when things change."""

    def __init__(self, most: int = MAX_PARTS) -> None:
        self._most = most
        self._parts: OrderedDict[Hashable, T] = OrderedDict()

    def find(self, key: Hashable) -> T | None:
        return self._parts.get(key)

    def keep(self, key: Hashable, part: T) -> T:
        self._parts[key] = part
        if len(self._parts) > self._most:
            self._parts.popitem(last=False)
        return part
