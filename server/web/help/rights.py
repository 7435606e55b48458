"""Who may do what: asked of the predicates that every page asks, never written down twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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

LABELS: Final[Mapping[str, str]] = {
    "can_edit_text": N_("write in the text"),
    "can_suggest": N_("suggest changes"),
    "can_comment": N_("comment on passages"),
    "can_join_room": N_("follow the text while it is written"),
    "can_see_history": N_("look at earlier states of the text"),
    "can_freeze": N_("fix the text as a revision"),
    "can_reopen": N_("open the text again"),
    "can_read_revisions": N_("read revisions"),
    "can_sign": N_("answer for a municipality"),
    "can_record_papers": N_("record answers on paper"),
    "can_amend": N_("publish an erratum to a published declaration or withdraw it"),
    "can_follow_sign_offs": N_("see who has answered"),
    "can_remind": N_("remind who has not answered"),
    "can_open_wall": N_("show the page for the hall"),
    "can_seal": N_("seal the declaration"),
    "can_download_final": N_("download the final document"),
    "can_manage_people": N_("invite and remove people"),
    "can_change_title": N_("change title, issuer and quorum"),
    "can_change_terms": N_("change deadline, place and who takes part"),
    "can_change_embargo": N_("change the release block"),
    "can_read_log": N_("read the log"),
    "can_archive": N_("lay it aside in the archive"),
    "can_withdraw": N_("withdraw the declaration"),
}
"""What the page calls a right, by the name of its predicate. One without words is a part of another, or says
only who is shown a page: the rows are those that have words, in the order of `permissions.py`."""


def _predicates() -> list[tuple[str, Callable[[Access], bool]]]:
    return [(LABELS[name], may) for name, may in vars(permissions).items() if name in LABELS]


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
        for label, may in _predicates()
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
