"""How much one connection may ask of a room, and one person of all rooms."""

from __future__ import annotations

from dataclasses import dataclass

from server.sync.wire.messages import MAX_FRAME


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates are per second; a burst may be spent at once. Sizes are bytes."""

    message_rate: float = 100
    message_burst: float = 1_000
    byte_rate: float = 256 * 1024
    byte_burst: float = 4 * MAX_FRAME
    outgoing: int = 8 * MAX_FRAME
    """What may wait for a slow reader before its socket is cut."""
    uncommitted: int = 16 * MAX_FRAME
    """What a room takes while storage fails."""
    connections_per_person: int = 20
    """In all rooms of this process: windows, and what a lost network has left behind for half a minute."""
