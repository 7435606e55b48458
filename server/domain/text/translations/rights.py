"""What a person may do in a translation's room."""

from __future__ import annotations

from server.domain.permissions import Access, can_translate
from server.domain.room_rights import RoomRights


def translation_rights(access: Access) -> RoomRights:
    """Suggestions and comments are about the original."""
    return RoomRights(edit=can_translate(access))
