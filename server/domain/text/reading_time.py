"""How long a text takes to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from server.domain.text.content import Block, Content

WORDS_A_MINUTE: Final = 180
"""German prose read aloud (Trauzettel-Klosinski and Dietz 2012): what is signed is read with care."""


def reading_minutes(content: Content) -> int:
    """Rounded up, at least one."""
    return minutes_for(content.blocks)


def minutes_for(blocks: Iterable[Block]) -> int:
    """As `reading_minutes`, of some passages."""
    words = sum(len(block.text.split()) for block in blocks)
    return max(1, -(-words // WORDS_A_MINUTE))
