"""What a person may do in the room of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class RoomRights:
    """One value, from `server/domain/permissions.py` to the client.

    `suggest` without `edit`: nothing but suggestions of their own.
    """

    edit: bool = False
    suggest: bool = False
    comment: bool = False


NO_RIGHTS: Final = RoomRights()
"""To look on."""
