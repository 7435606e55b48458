"""What a person may do in a translation's room."""

from __future__ import annotations

from server.domain.permissions import Access, can_follow_translations, can_translate
from server.domain.room_rights import RoomRights


def translation_rights(access: Access) -> RoomRights:
    """As in the original, in more phases."""
    follows = can_follow_translations(access)
    return RoomRights(edit=can_translate(access), suggest=follows, comment=follows)
