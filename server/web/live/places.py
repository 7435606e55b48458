"""Where the addresses of the rooms lead: into a declaration's original, a translation or a branch of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from server.domain.errors import NotAllowed, NotFound
from server.domain.permissions import (
    Access,
    can_follow_translations,
    can_join_room,
    room_rights,
)
from server.domain.text.branches.branches import branch_rights, may_enter
from server.domain.text.translations.rights import translation_rights
from server.storage.engine.types import Reader
from server.storage.text.branches import read_branch
from server.storage.text.translations import read_translation
from server.web.live.endpoint import Place

ROOMS: Final = (
    "/declarations/{slug}",
    "/declarations/{slug}/translations/{language}",
    "/declarations/{slug}/branches/{branch:int}",
)
"""Behind `/ws` and `/live`."""


def read_place(db: Reader, access: Access, path: Mapping[str, object]) -> Place:
    """`path`: the parameters of the address. Raises NotAllowed, NotFound: for a branch that is not theirs as
    for one that does not exist."""
    if "language" in path:
        if not can_follow_translations(access):
            raise NotAllowed()
        found = read_translation(db, access.declaration.id, str(path["language"]))
        return Place(found.text_id, translation_rights(access))
    if not can_join_room(access):
        raise NotAllowed()
    original_id = access.declaration.text_id
    if "branch" not in path:
        return Place(original_id, room_rights(access))
    branch = read_branch(db, access.declaration.id, int(str(path["branch"])))
    if not may_enter(access, branch):
        raise NotFound(what="branch")
    return Place(branch.id, branch_rights(access), original_id)
