"""Which proposals a text has held. Compaction takes those that were decided out of the log; undoing the
decision writes them again, in the name of whoever made them, and only exactly so.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import Final

from server.sync.wire.text_schema import Attribute, is_proposal, read_author
from server.sync.wire.update_check import check_update

MOST: Final = 50_000
"""Proposals of one text that are remembered, the newest; about 30 bytes each."""
_PROPOSALS: Final = (b"ins:", b"del:", b"kind:", b"format:")


def remember(memory: bytes, updates: Iterable[bytes]) -> bytes:
    """The memory with what these updates hold."""
    held = recall(memory) | held_in(updates)
    newest = sorted(held, key=lambda attribute: (_made_at(attribute), attribute))[-MOST:]
    return zlib.compress(json.dumps(newest, separators=(",", ":")).encode()) if newest else b""


def recall(memory: bytes) -> set[Attribute]:
    """Of our own store."""
    if not memory:
        return set()
    return {(key, value) for key, value in json.loads(zlib.decompress(memory))}


def held_in(updates: Iterable[bytes]) -> set[Attribute]:
    """The proposals in updates of a log. Few hold any, and only those are read."""
    held: set[Attribute] = set()
    for update in updates:
        if any(name in update for name in _PROPOSALS):
            facts = check_update(update)
            held.update(attribute for _, attribute in facts.attributes if is_proposal(attribute[0]))
    return held


def _made_at(attribute: Attribute) -> int:
    """Seconds since 1970."""
    author = read_author(*attribute)
    return author[1] if author else 0
