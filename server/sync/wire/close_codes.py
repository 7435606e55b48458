"""Why a room closes a socket. `client/src/sync/close-codes.ts` holds the same; a test compares the two."""

from __future__ import annotations

from enum import IntEnum


class CloseCode(IntEnum):
    GOING_AWAY = 1001
    """The server stops; reconnect."""
    ACCESS_CHANGED = 4205
    """Rights or phase changed: reconnect at once and get the new state."""
    MALFORMED = 4400
    NOT_SIGNED_IN = 4401
    NOT_ALLOWED = 4403
    NO_SUCH_LINE = 4404
    """Over plain HTTP only: this process does not know the line and has done nothing; another one may."""
    SCHEMA_TOO_OLD = 4409
    TOO_LARGE = 4413
    TOO_FAST = 4429
    """Sends faster, or reads slower, than the room allows."""
    TOO_MANY = 4430
    """The person has more connections than may be: try again later, when some are closed."""
    STORAGE_FAILED = 4503
    """Nothing can be stored at the moment: try again later."""


class Closing(Exception):
    """The connection that caused it must be closed with `code`; nobody else is concerned."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(f"{code.name}: {reason}")
        self.code = code
        self.reason = reason
