"""Who wrote what: the letters of a text by person and municipality.

Every letter in the CRDT carries the client id it was written with, and the log knows to whom that belongs.
Suggested text counts for who suggested it, accepted or not; marks and kinds of blocks are nobody's letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from server.domain.text.update_log import SERVICE, Writer
from server.sync.projection import TEXT, load_doc
from server.sync.wire.item_order import Sequence
from server.sync.wire.yjs_items import UTF_16, read_items


@dataclass(frozen=True, slots=True)
class Author:
    """`person` is an id, SERVICE for the starter text. `ags` None: not for a municipality."""

    person: int
    ags: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive letters of one author, line feeds included."""

    text: str
    author: Author


def who_wrote(updates: Iterable[bytes], writers: Iterable[Writer]) -> tuple[Passage, ...]:
    """The text of a log up to some moment in passages: `updates` and `writers` as `StoredLog` holds them.

    For a revision: the log as it was when the text was fixed.
    """
    authors = {writer.client: Author(writer.person, writer.ags) for writer in writers}
    pieces = _visible(load_doc(updates).get_update())
    parts = ((authors.get(client, Author(SERVICE)), text) for client, text in pieces)
    return tuple(
        Passage(b"".join(text for _, text in group).decode(UTF_16, "replace"), author)
        for author, group in groupby(parts, key=lambda part: part[0])
    )


def _visible(update: bytes) -> Iterator[tuple[int, bytes]]:
    """Client id and letters (UTF-16) in the order of the text."""
    for item in Sequence(TEXT, read_items(update)):
        if item.text and not item.deleted:
            yield item.client, item.text
