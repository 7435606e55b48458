"""What the service itself brings into a room: it stands in the place of a connection for one update."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from server.domain.errors import KraftaktError
from server.sync.attestation import Member


class DirectWrite:
    """Satisfies `server.sync.room.text_state.Sender`. Inside the running event loop."""

    socket = None
    """It is sent nothing."""

    def __init__(self, member: Member) -> None:
        self.member = member
        self.waits_for_step_2 = False
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Ends when it is on disk; raises why it never will be."""

    def send_saved(self, number: int, frames: Sequence[bytes] = ()) -> None:  # noqa: ARG002 - the protocol's
        if not self.done.done():
            self.done.set_result(None)

    def refuse(self, error: KraftaktError) -> None:
        if not self.done.done():
            self.done.set_exception(error)
