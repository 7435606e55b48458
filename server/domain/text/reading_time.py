"""How long a text takes to read."""

from __future__ import annotations

from typing import Final

from server.domain.text.content import Content

WORDS_A_MINUTE: Final = 180
"""German prose read aloud (Trauzettel-Klosinski and Dietz 2012): what is signed is read with care."""


def reading_minutes(content: Content) -> int:
    """Rounded up, at least one."""
    words = sum(len(block.text.split()) for block in content.blocks)
    return max(1, -(-words // WORDS_A_MINUTE))
