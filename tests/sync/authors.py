"""Who writes marks that occur only once, so that a lost one can be named."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence

from tests.sync.live_client import Client


class Author:
    """Knows with which message each mark went out."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.marks: list[tuple[str, int]] = []

    def write(self, rng: random.Random) -> None:
        mark = f"<{rng.getrandbits(60):x}>"
        self.client.type_line(mark, 0 if rng.random() < 0.3 else None)
        self.marks.append((mark, self.client.sent))

    def saved(self) -> set[str]:
        """What the server has acknowledged."""
        return {mark for mark, number in self.marks if number <= self.client.saved}

    def seen_by(self, others: Sequence[Author]) -> set[str]:
        """What at least one of the others has received."""
        texts = "".join(other.client.content for other in others if other is not self)
        return {mark for mark, _ in self.marks if mark in texts}


def promised_marks(authors: Sequence[Author]) -> set[str]:
    """What must never be lost: acknowledged, or received by somebody else."""
    return {mark for author in authors for mark in author.saved() | author.seen_by(authors)}


async def write_until_saved(authors: Sequence[Author], enough: int, rng: random.Random) -> None:
    """Returns when `enough` messages of the first one are saved, while more are on their way."""
    for _ in range(5_000):
        for author in authors:
            author.write(rng)
        await asyncio.sleep(rng.choice((0, 0, 0.002)))
        if authors[0].client.saved >= enough:
            break
