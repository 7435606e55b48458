"""The way ahead for somebody who only waits now: when it will be their turn, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from server.domain.declarations import Phase
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.web.declarations.steps import LIFE
from server.web.sentences.messages import N_

_OFFICES_WRITE: Final = N_("Offices write the text. You need not do anything yet.")
_MAYORS_SIGN: Final = N_("The mayors sign the text. You need not do anything yet.")
_FIXED_LATER: Final = N_("The coordination fixes the text. Then the mayors are asked to sign by e-mail.")
_SEALED_LATER: Final = N_("The coordination seals the document. You can then download it here.")
_PUBLISHED_LATER: Final = N_("After the release block everybody may speak about the declaration.")

WAYS: Final[Mapping[tuple[Role, Phase], str]] = {
    (Role.COORDINATOR, Phase.DRAFTING): N_("Offices write the text. You settle what is open, then fix it."),
    (Role.COORDINATOR, Phase.SIGNING): N_("The mayors sign. You see every answer here as it comes in."),
    (Role.COORDINATOR, Phase.SEALED): N_("You seal the document. The press office can then download it."),
    (Role.COORDINATOR, Phase.PUBLISHED): _PUBLISHED_LATER,
    (Role.EDITOR, Phase.DRAFTING): N_("You write the text together with the other offices."),
    (Role.EDITOR, Phase.SIGNING): N_("The text is fixed and the mayors sign. You see every answer here."),
    (Role.EDITOR, Phase.SEALED): _SEALED_LATER,
    (Role.EDITOR, Phase.PUBLISHED): _PUBLISHED_LATER,
    (Role.SUGGESTER, Phase.DRAFTING): N_("You suggest changes; the coordination and the offices decide."),
    (Role.SUGGESTER, Phase.SIGNING): _FIXED_LATER,
    (Role.SUGGESTER, Phase.SEALED): _SEALED_LATER,
    (Role.SUGGESTER, Phase.PUBLISHED): _PUBLISHED_LATER,
    (Role.SIGNATORY, Phase.DRAFTING): _OFFICES_WRITE,
    (Role.SIGNATORY, Phase.SIGNING): N_("You get an e-mail, read the text and sign it on any device."),
    (Role.SIGNATORY, Phase.SEALED): _SEALED_LATER,
    (Role.SIGNATORY, Phase.PUBLISHED): _PUBLISHED_LATER,
    (Role.PRESS, Phase.DRAFTING): _OFFICES_WRITE,
    (Role.PRESS, Phase.SIGNING): _MAYORS_SIGN,
    (Role.PRESS, Phase.SEALED): N_("You download the document, under release block, and prepare your text."),
    (Role.PRESS, Phase.PUBLISHED): N_("After the release block you publish the declaration."),
    (Role.OBSERVER, Phase.DRAFTING): _OFFICES_WRITE,
    (Role.OBSERVER, Phase.SIGNING): _MAYORS_SIGN,
    (Role.OBSERVER, Phase.SEALED): _SEALED_LATER,
    (Role.OBSERVER, Phase.PUBLISHED): _PUBLISHED_LATER,
    **{(role, Phase.WITHDRAWN): "" for role in Role},
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A phase, what it brings for this person, and until or from when, where that is known."""

    phase: Phase
    sentence: str
    is_current: bool
    until: datetime | None = None
    since: datetime | None = None


def way_ahead(access: Access) -> list[Stage]:
    """From the present phase on, for the first of the person's roles."""
    if access.phase is Phase.WITHDRAWN:
        return []
    role = next(role for role in Role if role in access.roles)
    return [_stage(access, role, phase) for phase in LIFE[LIFE.index(access.phase) :]]


def _stage(access: Access, role: Role, phase: Phase) -> Stage:
    declaration = access.declaration
    return Stage(
        phase,
        WAYS[role, phase],
        phase is access.phase,
        declaration.deadline if phase is Phase.SIGNING else None,
        declaration.embargo if phase is Phase.PUBLISHED else None,
    )
