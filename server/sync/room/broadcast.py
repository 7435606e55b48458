"""The sockets of a room, for what all of them get."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from server.sync.room.socket import Socket


class Broadcast:
    """Sockets of one kind are written in one call: broadcasting is what a room does most."""

    def __init__(self) -> None:
        self._sockets: dict[type[Socket], dict[Socket, None]] = {}

    def join(self, socket: Socket) -> None:
        self._sockets.setdefault(type(socket), {})[socket] = None

    def leave(self, socket: Socket) -> None:
        """Once."""
        del self._sockets[type(socket)][socket]

    def send(self, frames: Sequence[bytes], but: Collection[Socket | None] = ()) -> None:
        """All `frames` to everybody, except to those in `but`."""
        if frames:
            for kind, sockets in self._sockets.items():
                kind.send_to_many([socket for socket in sockets if socket not in but], frames)
