"""Whom somebody may ask in for a municipality: the coordination anybody, an office colleagues and deputies of
its own."""

from __future__ import annotations

from typing import Final

from server.domain.errors import NotAllowed, NotFound
from server.domain.people.invitations.role_words import PARTS
from server.domain.people.mandates import MandateKind
from server.domain.people.roles import EDITORS
from server.domain.permissions import (
    Access,
    can_invite_colleagues,
    can_manage_people,
    can_see_people,
    own_municipalities,
)

OF_TOWNS: Final = tuple(
    key
    for key, part in PARTS.items()
    if part.role.facts.drafts_for_municipality or part.role.facts.binds_municipality
)
"""Parts that one has for a municipality: keys of `PARTS`."""


def parts_to_give(access: Access, ags: str) -> tuple[str, ...]:
    """Nobody gives more rights to the text than they have, and no office makes a mayor. Raises NotFound for a
    municipality that the person may not know here."""
    if can_manage_people(access):
        return OF_TOWNS
    if can_see_people(access):
        return ()
    if not any(town.ags == ags for town in own_municipalities(access)):
        raise NotFound(what="municipality")
    own = access.municipality
    if own is None or own.ags != ags or not can_invite_colleagues(access):
        return ()
    colleagues = ("editor", "suggester") if access.has(EDITORS) else ("suggester",)
    return (*colleagues, "deputy")


def colleagues_to_give(access: Access, ags: str) -> tuple[str, ...]:
    """Those of them who write and do not sign: a mandate needs its title and its days. Raises NotFound."""
    return tuple(
        part for part in parts_to_give(access, ags) if PARTS[part].role.facts.drafts_for_municipality
    )


def ensure_may_give(access: Access, ags: str, part: str) -> None:
    """Raises NotFound, NotAllowed."""
    if part not in parts_to_give(access, ags):
        raise NotAllowed()


def kinds_to_give(access: Access, ags: str) -> tuple[MandateKind, ...]:
    """Raises NotFound."""
    given = parts_to_give(access, ags)
    return tuple(kind for kind in MandateKind if kind.value in given)
