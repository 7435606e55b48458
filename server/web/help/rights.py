"""Who may do what: asked of the predicates that every page asks, never written down twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from server.domain import permissions
from server.domain.declarations import Declaration, Phase
from server.domain.people.mandates import Mandate, MandateKind
from server.domain.people.municipalities import Municipality, MunicipalityKind
from server.domain.people.persons import Person
from server.domain.people.roles import Role
from server.domain.permissions import Access
from server.web.sentences.messages import N_

RIGHTS: Final[Sequence[tuple[str, Callable[[Access], bool]]]] = (
    (N_("write in the text"), permissions.can_edit_text),
    (N_("suggest changes"), permissions.can_suggest),
    (N_("follow the text while it is written"), permissions.can_join_room),
    (N_("look at earlier states of the text"), permissions.can_see_history),
    (N_("fix the text as a revision"), permissions.can_freeze),
    (N_("open the text again"), permissions.can_reopen),
    (N_("read revisions"), permissions.can_read_revisions),
    (N_("answer for a municipality"), permissions.can_sign),
    (N_("see who has answered"), permissions.can_follow_sign_offs),
    (N_("remind who has not answered"), permissions.can_remind),
    (N_("seal the declaration"), permissions.can_seal),
    (N_("download the final document"), permissions.can_download_final),
    (N_("invite and remove people"), permissions.can_manage_people),
    (N_("change title, issuer and quorum"), permissions.can_change_title),
    (N_("change deadline, place and who takes part"), permissions.can_change_terms),
    (N_("change the release block"), permissions.can_change_embargo),
    (N_("read the log"), permissions.can_read_log),
    (N_("withdraw the declaration"), permissions.can_withdraw),
)
_TOWN: Final = Municipality("00000000", "", MunicipalityKind.GEMEINDE)
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_NOBODY: Final = Person(0, "", "")


@dataclass(frozen=True, slots=True)
class Right:
    """`phases`: by role, when it holds; empty where it never does."""

    label: str
    phases: dict[Role, tuple[Phase, ...]]


def all_rights() -> list[Right]:
    return [
        Right(label, {role: tuple(phase for phase in Phase if may(_access(role, phase))) for role in Role})
        for label, may in RIGHTS
    ]


def rights_of(roles: Iterable[Role]) -> list[tuple[str, tuple[Phase, ...]]]:
    """What any of these may do, and when."""
    wanted = set(roles)
    found = [
        (right.label, tuple(p for p in Phase if any(p in right.phases[role] for role in wanted)))
        for right in all_rights()
    ]
    return [(label, phases) for label, phases in found if phases]


def _access(role: Role, phase: Phase) -> Access:
    """Somebody who is nothing but this, with a mandate where the role needs one."""
    declaration = Declaration(0, "", "", phase, "", None, None, text_id=0)
    binds = role.facts.binds_municipality
    mandate = Mandate(0, 0, _TOWN, MandateKind.MAYOR, "", _EPOCH, None)
    return Access(_NOBODY, declaration, frozenset({role}), mandates=(mandate,) if binds else ())
