"""Nothing comes between the two UTF-16 units of one letter, and neither is deleted alone.

Clocks count units, so an update can name the place in the middle of an emoji. No editor does. Yjs then shows
two letters that are none, Yrs one whole letter or nothing: the server would fix what no browser shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Final

from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.messages import Malformed
from server.sync.wire.update_check import UpdateFacts, check_update

_MAY_HOLD_SOME: Final = re.compile(rb"[\xf0-\xf4][\x80-\xbf]{3}")


class WholeLetters:
    """Of one text: where its letters of two units are."""

    def __init__(self) -> None:
        self._middles: dict[int, set[int]] = {}

    def learn(self, updates: Iterable[bytes]) -> None:
        """From updates that are in the log. Few hold any, and only those are read."""
        for update in updates:
            if _MAY_HOLD_SOME.search(update):
                with suppress(Malformed):  # left to Yrs, as it was stored
                    self.remember(check_update(update))

    def remember(self, facts: UpdateFacts) -> None:
        """Of an update that was taken in."""
        for client, clocks in facts.middles.items():
            self._middles.setdefault(client, set()).update(clocks)

    def ensure_whole(self, facts: UpdateFacts, clocks: Mapping[int, int]) -> None:
        """`clocks`: what the text holds. Raises Closing."""
        if not self._middles and not facts.middles:
            return
        for client, clock in (*facts.cuts, *_seams(facts, clocks)):
            if clock in self._middles.get(client, ()) or clock in facts.middles.get(client, ()):
                raise Closing(CloseCode.MALFORMED, "half a letter")


def _seams(facts: UpdateFacts, clocks: Mapping[int, int]) -> Iterable[tuple[int, int]]:
    """Where what is known of a client ends within the update."""
    return ((client, clocks[client]) for client in facts.middles if client in clocks)
