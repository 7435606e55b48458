"""What somebody can be in a declaration, one row each. `permissions` says in which phase a right holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from server.domain.sentences import N_


class Role(StrEnum):
    COORDINATOR = "coordinator"
    EDITOR = "editor"
    SIGNATORY = "signatory"
    PRESS = "press"
    SUGGESTER = "suggester"
    """Follows the live text and proposes changes; others decide about them."""
    OBSERVER = "observer"
    """Reads what is fixed and follows the sign-offs; says nothing."""

    @property
    def facts(self) -> RoleFacts:
        return ROLES[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleFacts:
    """`label` is what pages call it. What is not named is not given.

    `drafts_for_municipality`: takes part for the municipality that the invitation names.
    `binds_municipality`: answers for one, with a mandate.
    `coordinates`: fixes and opens the text, seals, publishes, reads the log.
    `reads_revisions`: every fixed text; `reads_sealed_revisions`: once it is sealed.
    """

    label: str
    drafts_for_municipality: bool = False
    binds_municipality: bool = False
    coordinates: bool = False
    joins_room: bool = False
    edits: bool = False
    suggests: bool = False
    reads_revisions: bool = False
    reads_sealed_revisions: bool = False
    follows_sign_offs: bool = False


ROLES: Final[Mapping[Role, RoleFacts]] = {
    Role.COORDINATOR: RoleFacts(
        label=N_("Coordination"),
        coordinates=True,
        joins_room=True,
        edits=True,
        suggests=True,
        reads_revisions=True,
        follows_sign_offs=True,
    ),
    Role.EDITOR: RoleFacts(
        label=N_("Mayor's staff"),
        drafts_for_municipality=True,
        joins_room=True,
        edits=True,
        suggests=True,
        reads_revisions=True,
        follows_sign_offs=True,
    ),
    Role.SIGNATORY: RoleFacts(
        label=N_("Signatory"), binds_municipality=True, reads_revisions=True, follows_sign_offs=True
    ),
    Role.PRESS: RoleFacts(label=N_("Press office"), reads_sealed_revisions=True),
    Role.SUGGESTER: RoleFacts(
        label=N_("Suggestions only"),
        drafts_for_municipality=True,
        joins_room=True,
        suggests=True,
        reads_revisions=True,
    ),
    Role.OBSERVER: RoleFacts(label=N_("Observer"), reads_revisions=True, follows_sign_offs=True),
}


def roles_that(have: Callable[[RoleFacts], bool]) -> frozenset[Role]:
    return frozenset(role for role, facts in ROLES.items() if have(facts))


COORDINATORS: Final = roles_that(lambda role: role.coordinates)
EDITORS: Final = roles_that(lambda role: role.edits)
WRITERS: Final = roles_that(lambda role: role.edits or role.suggests)
SIGNATORIES: Final = roles_that(lambda role: role.binds_municipality)
