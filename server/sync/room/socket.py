"""The transport, as far as a room knows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class Socket(Protocol):
    """Nothing here waits or fails; the peer may be gone.

    A socket cuts itself off, and forgets what waits, before more waits for a slow reader than it may.
    """

    def send(self, frame: bytes) -> None: ...

    def send_all(self, frames: Sequence[bytes]) -> None:
        """Several at once, which costs no more than one."""

    @staticmethod
    def send_to_many(
        # Any: sockets of this class, which a protocol cannot say
        sockets: Sequence[Any],
        frames: Sequence[bytes],
    ) -> None:
        """`send_all` to each of them."""

    def close(self, code: int, reason: str) -> None:
        """Tells the peer, after what was sent before. Called once; nothing is sent afterwards."""

    def cut(self) -> None:
        """Ends it at once and forgets what waits."""


class EachOnItsOwn:
    """For sockets that gain nothing by being written to together."""

    @staticmethod
    def send_to_many(sockets: Sequence[Socket], frames: Sequence[bytes]) -> None:
        for socket in sockets:
            socket.send_all(frames)
