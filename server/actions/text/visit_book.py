"""Who comes into the rooms and leaves them, gathered between two looks of the database."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Text and person."""


@dataclass(slots=True)
class VisitBook:
    """Of this process. `waiting`: place → whether somebody came, and whether they left last."""

    waiting: dict[Place, tuple[bool, bool]] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, text_id: int, person_id: int, here: bool) -> None:
        """`here`: they come; else they leave. Cheap: whole offices come back at once."""
        came, _ = self.waiting.get((text_id, person_id), (False, False))
        self.waiting[text_id, person_id] = (came or here, not here)
        self.news.set()

    def take(self) -> dict[Place, tuple[bool, bool]]:
        taken, self.waiting = self.waiting, {}
        self.news.clear()
        return taken
