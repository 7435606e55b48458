"""Questions for the content of a text wait while a commit is under way: what is not on disk is not shown."""

from __future__ import annotations

from server.sync.room.connection import Connection
from server.sync.room.text_state import TextState


class Questions:
    """Of one room."""

    def __init__(self, text: TextState) -> None:
        self._text = text
        self._waiting: list[tuple[Connection, bytes | None]] = []

    def ask(self, connection: Connection) -> None:
        """Step 1, from us: what does the client have that is missing here?"""
        self._ask_or_answer(connection, None)

    def answer(self, connection: Connection, state_vector: bytes) -> None:
        """Step 2: what the client lacks."""
        self._ask_or_answer(connection, state_vector)

    def go_on(self) -> None:
        """After a commit."""
        waiting, self._waiting = self._waiting, []
        for connection, state_vector in waiting:
            self._ask_or_answer(connection, state_vector)

    def _ask_or_answer(self, connection: Connection, state_vector: bytes | None) -> None:
        if not self._text.durable:
            self._waiting.append((connection, state_vector))
        elif state_vector is None:
            connection.send(self._text.step_1())
        else:
            connection.send(self._text.step_2(state_vector))
