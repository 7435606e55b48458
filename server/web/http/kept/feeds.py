"""Small answers that hundreds ask for every few seconds: looked up once a second for all of them."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

MAX_FEEDS: Final = 64
FRESH: Final = 1.0
"""Seconds for which nobody looks again. So long a link that was taken back may still answer."""


@dataclass(frozen=True, slots=True)
class Feed:
    """`state`: what the body depends on. `tag`: a strong validator (RFC 9110 section 8.8.3). `packed`: the
    body in gzip, for those who take it; a representation with a validator of its own."""

    state: Hashable
    body: bytes
    tag: str
    packed: bytes | None = None

    @property
    def key(self) -> str:
        """What both validators have in them."""
        return self.tag[1:-1]

    @property
    def packed_tag(self) -> str:
        return f'"{self.key}-gzip"'


def feed_of(state: Hashable, body: bytes, *, pack: bool = False) -> Feed:
    packed = gzip.compress(body, mtime=0) if pack else None
    return Feed(state, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', packed)


class Feeds:
    """Bounded: the oldest makes room. `now` counts seconds and never goes back."""

    def __init__(self, now: Callable[[], float], most: int = MAX_FEEDS) -> None:
        self._now = now
        self._most = most
        self._feeds: OrderedDict[str, tuple[float, Feed]] = OrderedDict()

    def fresh(self, name: str) -> Feed | None:
        """One that was looked up just now. Else the caller does so, and nobody else for the next second."""
        kept = self._feeds.get(name)
        if kept is None:
            return None
        looked_at, feed = kept
        if self._now() - looked_at < FRESH:
            return feed
        self._feeds[name] = (self._now(), feed)
        return None

    def peek(self, name: str) -> Feed | None:
        """One that was looked up just now; who asks does not take on to look again."""
        kept = self._feeds.get(name)
        return kept[1] if kept is not None and self._now() - kept[0] < FRESH else None

    def kept(self, name: str) -> Feed | None:
        """However old."""
        kept = self._feeds.get(name)
        return kept[1] if kept else None

    def keep(self, name: str, feed: Feed) -> Feed:
        self._feeds[name] = (self._now(), feed)
        if len(self._feeds) > self._most:
            self._feeds.popitem(last=False)
        return feed

    def look_again(self) -> None:
        """Something was changed here: the next to ask looks, and finds what has changed."""
        for name, (_, feed) in self._feeds.items():
            self._feeds[name] = (float("-inf"), feed)

    def clear(self) -> None:
        """All are looked up again: something was taken back."""
        self._feeds.clear()

    def forget(self, name: str) -> None:
        self._feeds.pop(name, None)
