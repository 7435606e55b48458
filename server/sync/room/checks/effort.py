"""What an update costs those who apply it: few bytes can cost minutes.

Yrs and Yjs look for the place of a struct among all that others put at the same place, and find the middle of
a long text by counting its letters. So an update that names many places is first applied to a copy, portion
by portion, until it is through or has taken too long. The editor's updates are through in a few ms.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final

from server.sync.gaps import apply_closed
from server.sync.wire.close_codes import CloseCode, Closing
from server.sync.wire.closed_part import portions
from server.sync.wire.messages import Malformed, decode_state_vector
from server.sync.wire.update_check import UpdateFacts

FEW: Final = 50
"""Places that an update may name without being tried."""
MOST: Final = 0.04
"""Seconds of processor time. 30,000 structs as somebody writes them take half of that."""
_PORTION: Final = 30
_SEEN: Final = 32

Trial = Callable[[], None]
"""May run in a thread. Raises Closing if the update takes too long, Malformed if Yrs cannot apply it."""


def unneeded() -> None:
    """The trial of what names few places."""


def names_few(facts: UpdateFacts) -> bool:
    """Asked of every update; those of somebody who types name few."""
    return facts.places <= FEW and len(facts.cuts) <= FEW


class Effort:
    """Of one text."""

    def __init__(self) -> None:
        self._through: deque[int] = deque(maxlen=_SEEN)
        """Deletions that were tried: clients send all of them with every answer."""

    def is_uncertain(self, facts: UpdateFacts, *, new: bool) -> bool:
        """Whether it has to be tried, where it names more than few places. `new`: it brings structs."""
        if not new and (not facts.deleted or facts.deletions in self._through):
            return False
        return facts.places > FEW or len(set(facts.cuts)) > FEW

    def trial(self, text: Sequence[bytes], update: bytes, facts: UpdateFacts) -> Trial:
        """`text`: updates that lack nothing; with them, neither does `update`."""

        def trial() -> None:
            ensure_cheap(text, update)
            if facts.deleted:
                self._through.append(facts.deletions)

        return trial


def ensure_cheap(text: Sequence[bytes], update: bytes) -> None:
    """Raises Closing, Malformed."""
    copy = apply_closed(text)
    left = MOST
    for portion in portions(update, decode_state_vector(copy.get_state()), _PORTION):
        began = time.thread_time()
        try:
            copy.apply_update(portion)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a panic is no Exception
            raise Malformed("Yrs can't apply it") from error
        left -= time.thread_time() - began
        if left < 0:
            raise Closing(CloseCode.TOO_LARGE, "takes too long to apply")
