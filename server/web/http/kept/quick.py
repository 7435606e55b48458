"""Whole answers to everybody, headers and all, for a rush on one page.

An answer is kept as it left, and goes out again while nobody would look at the database either (`Feeds`): no
visit, no routing, no headers put together. Whatever is not found here takes the usual way.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_hex
from typing import Final

from starlette.types import Message, Scope, Send

from server.web.http.kept.feeds import Feed, Feeds

MARK: Final = "kraftakt.quick"
"""In the scope: name and feed of an answer that may be kept."""
MAX_QUICK: Final = 256
_DROPPED: Final = (b"x-request-id", b"date")
_BODILESS: Final = (b"content-length", b"content-type")

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Quick:
    name: str
    feed: Feed
    headers: Headers


class QuickAnswers:
    """By path and query. Bounded: the oldest makes room."""

    def __init__(self, feeds: Feeds, most: int = MAX_QUICK) -> None:
        self._feeds = feeds
        self._most = most
        self._answers: OrderedDict[tuple[str, bytes], Quick] = OrderedDict()

    def find(self, scope: Scope) -> Quick | None:
        """One that would not be looked up again at this moment."""
        if scope["method"] not in ("GET", "HEAD"):
            return None
        kept = self._answers.get((scope["path"], scope["query_string"]))
        if kept is None or self._feeds.peek(kept.name) is not kept.feed:
            return None
        return kept

    def note(self, scope: Scope, message: Message) -> None:
        """Of an answer's first message, as it leaves."""
        marked = scope.get(MARK)
        if marked is None or message["status"] != 200:
            return
        name, feed = marked
        headers = [(key, value) for key, value in message["headers"] if key not in _DROPPED]
        self._answers[scope["path"], scope["query_string"]] = Quick(name, feed, headers)
        if len(self._answers) > self._most:
            self._answers.popitem(last=False)


async def send_quick(scope: Scope, send: Send, quick: Quick) -> None:
    tag = quick.feed.tag.encode()
    is_known = any(name == b"if-none-match" and tag in value for name, value in scope["headers"])
    headers: Headers = [*quick.headers, (b"x-request-id", token_hex(8).encode())]
    if is_known:
        headers = [pair for pair in headers if pair[0] not in _BODILESS]
    body = b"" if is_known or scope["method"] == "HEAD" else quick.feed.body
    await send({"type": "http.response.start", "status": 304 if is_known else 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
