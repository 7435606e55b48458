"""A branch is prepared by one person or one office; shared, its proposals are a batch in the original."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.domain.permissions import Access, can_join_room, can_moderate, can_suggest
from server.domain.room_rights import RoomRights

MAX_NAME: Final = 120
MAX_NOTE: Final = 1_000
MOST_PRIVATE: Final = 20
"""Branches that one person or one office may have at a time."""
MOST_PROPOSALS: Final = 500
"""In one batch."""
KEPT_FOR: Final = timedelta(days=30)
"""What was discarded can be brought back for so long."""


class BranchState(StrEnum):
    PRIVATE = "private"
    SHARED = "shared"
    """Its proposals stand in the original, for the coordination to decide."""
    KEPT = "kept"
    """They still do, but wait for the next round: they count as open no more."""
    DISCARDED = "discarded"
    """By those who prepared it, before it was shared."""


@dataclass(frozen=True, slots=True)
class Branch:
    """`id`: of its text, as long as it has one. `ags`: the office's whose branch it is, None: the person's
    alone. `office`: that municipality's name. `proposals`: ids of the suggestions that were shared."""

    id: int
    declaration_id: int
    name: str
    state: BranchState
    person_id: int
    person: str
    ags: str | None
    office: str
    created_at: datetime
    note: str = ""
    proposals: tuple[str, ...] = field(default=())
    shared_at: datetime | None = None
    discarded_at: datetime | None = None

    @property
    def who(self) -> str:
        """Whose it is, in words."""
        return self.office or self.person


def prefix_of(branch_id: int) -> str:
    """What the ids of all suggestions begin with that are made in a branch: there, no others can be taken
    back, not even one's own of the original."""
    return f"b{branch_id}_"


def is_of(access: Access, branch: Branch) -> bool:
    """Whether it is the person's own, or of the office that they draft for now."""
    if branch.ags is None:
        return branch.person_id == access.person.id
    return access.municipality is not None and access.municipality.ags == branch.ags


def may_enter(access: Access, branch: Branch) -> bool:
    """Reads and writes there. Nobody else does: not the coordination, and not who brought it about and has
    left the office."""
    return branch.state is BranchState.PRIVATE and can_join_room(access) and is_of(access, branch)


def may_share(access: Access, branch: Branch) -> bool:
    """While the text is written: a branch that nobody can share yet waits."""
    return may_enter(access, branch) and can_suggest(access)


def may_discard(access: Access, branch: Branch) -> bool:
    return may_enter(access, branch)


def may_restore(access: Access, branch: Branch, now: datetime) -> bool:
    """Out of the discarded ones."""
    at = branch.discarded_at
    return at is not None and now < at + KEPT_FOR and can_join_room(access) and is_of(access, branch)


def may_put_off(access: Access, branch: Branch) -> bool:
    """What is a batch by now."""
    return branch.state in (BranchState.SHARED, BranchState.KEPT) and can_moderate(access)


def branch_rights(access: Access) -> RoomRights:
    """In the room of a branch: nothing but proposals. Comments are for others to read."""
    return RoomRights(suggest=can_suggest(access))
