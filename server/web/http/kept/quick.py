"""Whole answers to everybody, head and body, for a rush on one page: see README.md in this folder.

An answer is noted as it left, and may go out again while nobody would look at the database either (`Feeds`).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from starlette.types import Message, Scope

from server.web.http.kept.feeds import Feed, Feeds

MARK: Final = "kraftakt.quick"
"""In the scope: name and feed of an answer that may be kept."""
MAX_QUICK: Final = 256
_OWN: Final = (b"date", b"x-request-id")
"""Of one answer alone."""
_COMMON: Final = (b"vary", b"Accept-Encoding")
"""The only difference between two readers that is known here."""
_BODILESS: Final = (b"content-length", b"content-type", b"content-encoding")

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Quick:
    """`key`: what every validator of this feed has in it. `head` and `known_head` (304) lack what is of one
    answer alone, and the empty line."""

    name: str
    feed: Feed
    key: bytes
    head: bytes
    known_head: bytes
    body: bytes


class QuickAnswers:
    """By the request's target, and whether its answer may be packed. Bounded: the oldest makes room."""

    def __init__(self, feeds: Feeds, most: int = MAX_QUICK) -> None:
        self._feeds = feeds
        self._most = most
        self._answers: OrderedDict[tuple[bytes, bool], Quick] = OrderedDict()

    def find(self, target: bytes, accepted: str) -> Quick | None:
        """One that would not be looked up again at this moment. `accepted`: the value of Accept-Encoding."""
        kept = self._answers.get((target, takes_gzip(accepted)))
        if kept is None or self._feeds.peek(kept.name) is not kept.feed:
            return None
        return kept

    def note(self, scope: Scope, message: Message) -> None:
        """Of an answer's first message, as it leaves."""
        marked = scope.get(MARK)
        if marked is None or message["status"] != 200 or scope["method"] != "GET" or scope["query_string"]:
            return
        name, feed = marked
        headers = [(key.lower(), value) for key, value in message["headers"]]
        if any(
            key == b"set-cookie" or (key == b"vary" and (key, value) != _COMMON) for key, value in headers
        ):
            return
        headers = [(key, value) for key, value in headers if key not in _OWN]
        is_packed = (b"content-encoding", b"gzip") in headers
        quick = Quick(
            name,
            feed,
            feed.key.encode(),
            _head(b"200 OK", headers),
            _head(b"304 Not Modified", [pair for pair in headers if pair[0] not in _BODILESS]),
            feed.packed if is_packed and feed.packed else feed.body,
        )
        for packed in (is_packed,) if feed.packed else (False, True):
            self._answers[scope["raw_path"], packed] = quick
        while len(self._answers) > self._most:
            self._answers.popitem(last=False)


def takes_gzip(accepted: str) -> bool:
    """Of an Accept-Encoding (RFC 9110 section 12.5.3)."""
    for each in accepted.lower().replace(" ", "").split(","):
        name, _, weight = each.partition(";q=")
        if name == "gzip":
            return not weight or weight.strip("0.") != ""
    return False


def _head(status: bytes, headers: Headers) -> bytes:
    lines = [b"%b: %b\r\n" % pair for pair in headers]
    return b"".join([b"HTTP/1.1 ", status, b"\r\n", *lines])
